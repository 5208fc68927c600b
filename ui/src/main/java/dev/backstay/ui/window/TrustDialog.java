package dev.backstay.ui.window;

import dev.backstay.ui.fx.FxThread;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.cluster.ContextRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/// Asks whether a kubeconfig may run a program. Called off the FX thread, which it makes wait for
/// the user's answer; no answer is a no.
final class TrustDialog implements ContextRequest.TrustQuestion {

  private static final long MINUTES = 5;

  private final Dialogs dialogs;

  TrustDialog(Dialogs dialogs) {
    this.dialogs = dialogs;
  }

  @Override
  public boolean mayRun(Path file, List<String> command) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    FxThread.later(() -> ask(file, command, answer));
    try {
      return answer.get(MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (java.util.concurrent.ExecutionException | TimeoutException _) {
      return false;
    }
  }

  /// Over whatever is open: that may be what waits for the answer.
  private void ask(Path file, List<String> command, CompletableFuture<Boolean> answer) {
    Button yes =
        dialogs.action(
            Texts.of("trust.run"),
            true,
            () -> {
              answer.complete(true);
              dialogs.hide();
            });
    VBox body =
        new VBox(
            10,
            Section.text(Texts.of("trust.why", file.toString())),
            Section.text(String.join(" ", command), "mono"),
            Section.text(Texts.of("trust.remembered"), "muted"));
    VBox card = dialogs.card(Texts.of("trust.title"), body, dialogs.cancel(), yes);
    Dialogs.onClosed(card, () -> answer.complete(false));
    dialogs.over(card);
  }
}
