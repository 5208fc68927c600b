package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.MeteredDialog;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.shell.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Questions of the window: one that turns up while another is open leaves that one as it was.
final class DialogsTest {

  @TempDir Path folder;

  @Test
  void whatTurnsUpLiesOverWhatIsOpen() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      Dialogs dialogs = run.window().dialogs();
      Hands hands = new Hands(run);
      Toolkit.run(() -> dialogs.text("A name", "Why", "", "Go", _ -> {}));
      run.type("dialog-text", "half a na");
      Toolkit.run(() -> dialogs.tell("News", Section.text("of something else")));
      run.until("the news are on top", () -> run.says("#dialog", "News"));
      hands.press(KeyCode.ESCAPE);
      run.until("the question is back", () -> run.says("#dialog", "A name"));
      assertEquals("half a na", run.text("dialog-text"));
      hands.press(KeyCode.ESCAPE);
      assertFalse(run.has("dialog"));
      assertFalse(Toolkit.on(dialogs::isShown));
    }
  }

  /// Keys of the window neither reach behind a dialog nor take its place.
  @Test
  void theKeysOfTheWindowRestWhileADialogIsOpen() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      Hands hands = new Hands(run);
      CountDownLatch end = new CountDownLatch(1);
      AtomicBoolean done = new AtomicBoolean();
      Toolkit.run(() ->
          new MeteredDialog(run.window().dialogs(), run.window().desk().background())
              .run(
                  "Checking",
                  "Cancelled",
                  (cancel, _) -> {
                    end.await();
                    cancel.checkpoint();
                    return true;
                  },
                  done::set));
      run.until("it runs", () -> run.has("progress-text"));
      hands.press(KeyCode.F1);
      hands.press(KeyCode.CONTROL, KeyCode.K);
      hands.press(KeyCode.CONTROL, KeyCode.DIGIT6);
      hands.press(KeyCode.F5);
      hands.type("?");
      assertTrue(run.has("progress-text"), "it is still open");
      assertEquals(new Place.Overview(), Toolkit.on(() -> run.window().desk().navigator().place()));
      end.countDown();
      run.until("nothing cancelled it", done::get);
      run.until("it is closed", () -> !run.has("progress-text"));
    }
  }

  @Test
  void tabStaysInTheDialog() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      Hands hands = new Hands(run);
      go(run, new Place.Settings());
      var before = run.node("theme-contrast");
      Toolkit.run(before::requestFocus);
      Toolkit.run(() -> run.window().dialogs().text("A name", "Why", "x", "Go", _ -> {}));
      run.settle();
      assertEquals("dialog-text", hands.focus());
      for (int i = 0; i < 6; i++) {
        hands.press(KeyCode.TAB);
        assertTrue(hands.focus().startsWith("dialog-"), hands.focus());
      }
      hands.press(KeyCode.ESCAPE);
      assertEquals("theme-contrast", hands.focus(), "it goes back to where it was");
    }
  }

  /// A kubeconfig that wants to run a program: asked over whatever is open, and no answer is no.
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plugin is a shell script")
  void aProgramIsRunOnlyIfTheUserSaysSo() throws Exception {
    try (WindowRun bare = WindowRun.bare(folder)) {
      Path ran = folder.resolve("ran");
      String token = Files.readString(bare.kubeconfig()).replaceAll("(?s).*token: (\\S+).*", "$1");
      Path plugin =
          Files.writeString(
              folder.resolve("login"),
              "#!/bin/sh\ntouch "
                  + ran
                  + "\necho '{\"apiVersion\":\"client.authentication.k8s.io/v1\","
                  + "\"kind\":\"ExecCredential\",\"status\":{\"token\":\""
                  + token
                  + "\"}}'\n");
      assertTrue(plugin.toFile().setExecutable(true));
      String text =
          Files.readString(bare.kubeconfig())
              .replaceAll(
                  "token: \\S+",
                  "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never,"
                      + " command: '"
                      + plugin
                      + "'}");
      Path file = Files.writeString(folder.resolve("config"), text);
      try (WindowRun run = WindowRun.on(bare.sandbox(), folder.resolve("w"), file, Map.of())) {
        OpenCluster cluster = cluster(run);
        Toolkit.run(() -> run.window().dialogs().text("A name", "Why", "", "Go", _ -> {}));
        run.type("dialog-text", "half");
        Toolkit.run(() -> run.window().desk().clusters().open(cluster));
        run.until("the program is named", () -> run.says("#dialog", plugin.toString()));
        run.shots("trust");
        run.press("dialog-cancel");
        run.until("no is no", () -> cluster.standing() == OpenCluster.Standing.FAILED);
        assertFalse(Files.exists(ran));
        assertEquals("half", run.text("dialog-text"));
        run.press("dialog-cancel");
        Toolkit.run(() -> run.window().desk().clusters().open(cluster));
        run.until("it is asked again", () -> run.says("#dialog", plugin.toString()));
        run.press("dialog-action");
        run.until("it is open", () -> cluster.standing() == OpenCluster.Standing.OPEN);
        assertTrue(Files.exists(ran));
      }
    }
  }
}
