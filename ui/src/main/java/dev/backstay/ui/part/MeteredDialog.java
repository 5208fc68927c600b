package dev.backstay.ui.part;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.Meter;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Background;
import dev.backstay.ui.fx.FxThread;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Ticker;
import dev.backstay.ui.fx.Work;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// Long work that is no job: a dialog with its progress. Closing the dialog, with Esc too, cancels
/// the work.
public final class MeteredDialog {

  private final Dialogs dialogs;
  private final Background background;

  public MeteredDialog(Dialogs dialogs, Background background) {
    this.dialogs = dialogs;
    this.background = background;
  }

  /// The work, off the FX thread.
  @FunctionalInterface
  public interface Task<T> {
    /// @throws Exception whatever goes wrong; an [EngineException] is shown as it is
    T run(CancelToken cancel, Meter meter) throws Exception;
  }

  /// @param title of the dialog, and of the one that tells a failure
  /// @param cancelled what is told after a cancellation: what is left behind, and what is not
  /// @param then what comes after it has ended well
  public <T> void run(String title, String cancelled, Task<T> task, Consumer<? super T> then) {
    run(title, cancelled, task, then, error -> dialogs.tell(title, Notice.of(error)));
  }

  /// @param failed what comes after it has failed, instead of a dialog that tells it
  public <T> void run(
      String title,
      String cancelled,
      Task<T> task,
      Consumer<? super T> then,
      Consumer<EngineException> failed) {
    LongAdder items = new LongAdder();
    LongAdder bytes = new LongAdder();
    Meter meter =
        (more, amount) -> {
          items.add(more);
          bytes.add(amount);
        };
    long begin = System.nanoTime();
    Label progress = new Label();
    progress.setId("progress-text");
    VBox card = card(title, progress);
    Work work =
        background.ask(
            cancel -> task.run(cancel, meter),
            done -> {
              dialogs.close(card);
              then.accept(done);
            },
            error -> {
              dialogs.close(card);
              failed.accept(error);
            });
    Subscription ticking =
        Ticker.start(
            () -> progress.setText(line(items.sum(), bytes.sum(), System.nanoTime() - begin)));
    Dialogs.onClosed(
        card,
        () -> {
          ticking.unsubscribe();
          if (work.running()) {
            work.drop();
            // once the dialog that is being closed has gone
            FxThread.later(() -> dialogs.tell(title, Notice.info(cancelled)));
          }
        });
    dialogs.show(card);
  }

  private VBox card(String title, Label progress) {
    ProgressBar bar = new ProgressBar();
    bar.setMaxWidth(Double.MAX_VALUE);
    bar.setAccessibleText(title);
    return dialogs.card(title, new VBox(8, bar, progress), dialogs.cancel());
  }

  /// `1,204 items, 1.2 GiB, 60 MiB/s, running for 20s`
  private static String line(long items, long bytes, long nanos) {
    double seconds = Math.max(0.001, nanos / 1e9);
    return Texts.of(
        "metered.line",
        Amounts.count(items),
        Amounts.bytes(bytes),
        Amounts.rate(bytes / seconds),
        Amounts.duration(Duration.ofNanos(nanos)));
  }
}
