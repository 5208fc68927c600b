package dev.backstay.ui.fx;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs everything that may wait off the FX thread, and brings the result back to it. Tests pass an
/// executor that runs at once.
public final class Background {

  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  private final Executor executor;
  private final FxThread fx;

  public Background(Executor executor, FxThread fx) {
    this.executor = executor;
    this.fx = fx;
  }

  /// Virtual threads, and the toolkit's FX thread.
  public static Background ofToolkit() {
    return new Background(
        work -> Thread.ofVirtual().name("ui-work").start(work), FxThread.ofToolkit());
  }

  /// Something that takes its time and can be told to stop.
  @FunctionalInterface
  public interface Question<T> {
    /// @throws Exception whatever goes wrong; an [EngineException] is shown as it is
    T ask(CancelToken cancel) throws Exception;
  }

  /// Asks off the FX thread; one of the two consumers is called on it, unless the work was dropped
  /// meanwhile.
  public <T> Work ask(
      Question<T> question, Consumer<? super T> done, Consumer<EngineException> failed) {
    Work work = new Work();
    executor.execute(() -> answer(question, done, failed, work));
    return work;
  }

  private <T> void answer(
      Question<T> question, Consumer<? super T> done, Consumer<EngineException> failed, Work work) {
    try {
      T answer = question.ask(work.token());
      back(work, () -> done.accept(answer));
    } catch (EngineException e) {
      LOG.info("{}: {}", e.code(), e.getMessage(), e);
      back(work, () -> failed.accept(e));
    } catch (Exception e) {
      LOG.error("unforeseen", e);
      back(work, () -> failed.accept(unforeseen(e)));
    }
  }

  private void back(Work work, Runnable then) {
    fx.run(() -> {
      if (!work.dropped()) {
        work.end();
        then.run();
      }
    });
  }

  /// A mistake of ours, as an error that can be shown.
  public static EngineException unforeseen(Throwable error) {
    return new InternalException(
        "ui.unforeseen",
        "something went wrong inside Backstay (" + error.getClass().getSimpleName() + ")",
        "the log has the details; About copies them for a report",
        error);
  }

  /// Hops to the FX thread.
  public void onFx(Runnable work) {
    fx.run(work);
  }
}
