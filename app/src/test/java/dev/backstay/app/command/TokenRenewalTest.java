package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Outcome;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.EngineSettings;
import dev.backstay.workflow.MoverOptions;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.ContextRequest;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Credentials of a plugin that expire while they are used (requirement 6 of the window).
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plugin is a shell script")
class TokenRenewalTest {

  @TempDir Path folder;

  private Shop shop;
  private Path kubeconfig;
  private Path runs;
  private Path life;

  @BeforeEach
  void aShopWhosePasswordsArePlugins() throws IOException {
    shop = Shop.open(folder);
    runs = folder.resolve("runs");
    life = Files.writeString(folder.resolve("life"), "600");
    String text = Files.readString(shop.sandbox().kubeconfig());
    Matcher token = Pattern.compile("( *)token: \"?([^\"\\s]+)\"?").matcher(text);
    assertTrue(token.find(), text);
    Path plugin = folder.resolve("plugin");
    Files.writeString(
        plugin,
        """
        #!/bin/sh
        echo begin >> %1$s
        sleep 0.3
        until=$(date -u -d "+$(cat %2$s) seconds" +%%Y-%%m-%%dT%%H:%%M:%%SZ)
        echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",'
        echo '"status": {"token": "%3$s", "expirationTimestamp": "'$until'"}}'
        echo end >> %1$s
        """
            .formatted(runs, life, token.group(2)));
    assertTrue(plugin.toFile().setExecutable(true));
    String exec =
        token.group(1)
            + "exec: {apiVersion: client.authentication.k8s.io/v1, command: "
            + plugin
            + ", interactiveMode: Never}";
    kubeconfig = folder.resolve("with-plugin.yaml");
    Files.writeString(kubeconfig, text.replace(token.group(), exec));
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private Engine engine() throws IOException {
    return Engine.open(
        new EngineSettings(
            Files.createDirectories(folder.resolve("data")),
            Files.createDirectories(folder.resolve("state")),
            Files.createDirectories(folder.resolve("cache")),
            Map.of("PATH", System.getenv("PATH")),
            InstantSource.system(),
            MoverOptions.DEFAULT,
            List::of));
  }

  private ClusterSession session(Engine engine) {
    return engine
        .clusters()
        .open(new ContextRequest(kubeconfig, "", "", List.of(), (_, _) -> true));
  }

  private long ran() throws IOException {
    return Files.readAllLines(runs).stream().filter("begin"::equals).count();
  }

  @Test
  void requirement6ManyRequestsAtOnceRenewAnExpiredTokenOnce() throws Exception {
    try (Engine engine = engine();
        ClusterSession session = session(engine)) {
      Files.writeString(life, "1");
      var _ = session.clusterId();
      assertTrue(ran() >= 1);
      Thread.sleep(2500);
      Files.writeString(life, "600");
      long before = ran();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          all.add(threads.submit(() -> session.pvcs(Shop.NAMESPACE)));
        }
        for (Future<?> one : all) {
          one.get();
        }
      }
      assertEquals(before + 1, ran());
    }
  }

  @Test
  void requirement6ABackUpOutlivesItsToken() throws Exception {
    byte[] big = new byte[3_000_000];
    new Random(2).nextBytes(big);
    Files.write(shop.sandbox().volume(Shop.NAMESPACE, "uploads").resolve("big"), big);
    Files.writeString(life, "4");
    shop.sandbox().faults().slowStreams(300_000);
    try (Engine engine = engine();
        Secret secret = Secret.of("correct horse");
        RepositorySession repository =
            RepositorySession.open(
                new RepositoryLocation(folder.resolve("repository").toString()), secret);
        ClusterSession session = session(engine)) {
      Outcome outcome =
          engine
              .submit(
                  engine.plan(
                      BackUpRequest.of(Shop.NAMESPACE), session, repository, new CancelToken()))
              .await();
      assertInstanceOf(Outcome.Completed.class, outcome, outcome.toString());
    }
    assertTrue(ran() > 1, "the token was renewed meanwhile");
    List<String> lines = Files.readAllLines(runs);
    for (int i = 0; i < lines.size(); i++) {
      assertEquals(i % 2 == 0 ? "begin" : "end", lines.get(i), "never two plugins at once");
    }
  }
}
