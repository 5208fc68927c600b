package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.ended;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.newest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Outcome;
import dev.backstay.model.RestorePoint;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.ui.shell.Place;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.scene.control.ComboBox;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From nothing to a restore point in a bucket, with the credentials of a profile.
final class BucketTest {

  private static final String SECRET = "s3-secret-0815";

  @TempDir Path folder;

  private S3Proxy service;

  @BeforeEach
  void startService() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    service =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "s3-id", SECRET)
            .build();
    service.start();
    while (!service.getState().equals("STARTED")) {
      Thread.sleep(10);
    }
  }

  @AfterEach
  void stopService() throws Exception {
    service.stop();
  }

  private Map<String, String> environment() throws Exception {
    Path credentials = folder.resolve("aws-credentials");
    Files.writeString(
        credentials,
        """
        [default]
        aws_access_key_id = s3-id
        aws_secret_access_key = wrong

        [backups]
        aws_access_key_id = s3-id
        aws_secret_access_key = %s
        """
            .formatted(SECRET));
    return Map.of(
        "AWS_CONFIG_FILE",
        folder.resolve("aws-config").toString(),
        "AWS_SHARED_CREDENTIALS_FILE",
        credentials.toString());
  }

  @Test
  void requirement24TheWizardTestsABucketAndMakesARepositoryInIt() throws Exception {
    try (WindowRun run = WindowRun.bare(folder, environment())) {
      go(run, new Place.Repositories());
      run.press("add-repository");
      Steps.choose(run, "wizard-s3");
      assertTrue(run.disabled("wizard-test"), "no bucket is named");
      run.type("wizard-service", "http://127.0.0.1:" + service.getPort() + "/");
      run.type("wizard-bucket", "backups");
      run.type("wizard-prefix", "/shop");
      String location = "s3:http://127.0.0.1:" + service.getPort() + "/backups/shop";
      assertEquals(location, run.text("wizard-location"));

      run.press("wizard-test");
      run.until("the keys are refused", () -> !run.all("#dialog .bad-notice").isEmpty());
      assertTrue(run.disabled("dialog-action"));
      assertFalse(run.says("#dialog", "other files"), "nobody could look");
      run.shots("wizard-s3-refused");

      @SuppressWarnings("unchecked")
      ComboBox<String> profile = (ComboBox<String>) run.node("wizard-profile");
      assertEquals(
          List.of("backups", "default"),
          Toolkit.on(() -> List.copyOf(profile.getItems().subList(1, 3))));
      Toolkit.run(() -> profile.getSelectionModel().select("backups"));
      run.press("wizard-test");
      run.press("wizard-make-bucket");
      run.until("the bucket is tested", () -> run.ready("dialog-action"));
      assertTrue(run.says("#dialog", "Reading parts"));
      run.shots("wizard-s3");
      run.press("dialog-action");
      run.type("wizard-password", WindowRun.PASSWORD);
      run.type("wizard-password-again", WindowRun.PASSWORD);
      run.press("dialog-action");
      run.until("it is chosen", () -> run.window().desk().repositories().chosen() != null);
      run.shots("repositories-s3");

      go(run, new Place.Namespace(cluster(run), DemoShop.NAMESPACE));
      run.press("back-up");
      run.press("backup-start");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      RestorePoint point = newest(run, 1);
      go(run, new Place.Browse(point, "/volumes/uploads/" + DemoShop.A_FILE));
      run.until("a file is read from the bucket", () -> run.has("preview-text"));
      assertFalse(run.says("#content", SECRET));
    }
  }

  /// Somebody who waits has to know what for, and until when.
  @Test
  void aStoreThatDoesNotAnswerIsToldAboveTheScreens() throws Exception {
    Map<String, String> keys =
        Map.of("AWS_ACCESS_KEY_ID", "s3-id", "AWS_SECRET_ACCESS_KEY", SECRET);
    try (WindowRun run = WindowRun.bare(folder, keys)) {
      go(run, new Place.Repositories());
      run.press("add-repository");
      Steps.choose(run, "wizard-s3");
      run.type("wizard-service", "http://127.0.0.1:" + service.getPort() + "/");
      run.type("wizard-bucket", "backups");
      run.press("wizard-test");
      run.press("wizard-make-bucket");
      run.until("the bucket is tested", () -> run.ready("dialog-action"));
      run.press("dialog-action");
      run.type("wizard-password", WindowRun.PASSWORD);
      run.type("wizard-password-again", WindowRun.PASSWORD);
      run.press("dialog-action");
      run.until("it is chosen", () -> run.window().desk().repositories().chosen() != null);

      service.stop();
      run.press("repository-check");
      run.until("it is told", () -> !run.all(".store-away").isEmpty());
      assertTrue(run.says(".store-away", "trying again for up to 15m00s"));
      run.shots("repositories-s3-away");
      service.start();
      run.until("it answers", () -> run.all(".store-away").isEmpty());
      run.until("the check is done", () -> run.says("#dialog .ok-notice", "Sound"));
    }
  }
}
