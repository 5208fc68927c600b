package dev.backstay.ui.window;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.FxThread;
import dev.backstay.ui.fx.Texts;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feels whether the FX thread answers. One that does not for some seconds is logged with what it
/// is busy with, while it hangs; once it answers again the user gets a report.
final class Heartbeat {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final Duration MERCY = Duration.ofMillis(500);

  private final CrashReport reports;
  private final Thread fx;
  private final Duration patience;
  private final Thread thread;

  /// For the FX thread.
  ///
  /// @param patience a hang that is no shorter is told
  Heartbeat(CrashReport reports, Duration patience) {
    this.reports = reports;
    this.patience = patience;
    this.fx = Thread.currentThread();
    this.thread = Thread.ofPlatform().daemon().name("heartbeat").unstarted(this::beat);
  }

  void start() {
    thread.start();
  }

  void close() {
    thread.interrupt();
  }

  private void beat() {
    try {
      while (!Thread.interrupted()) {
        Semaphore answer = new Semaphore(0);
        long begin = System.nanoTime();
        FxThread.later(answer::release);
        // a machine that slept makes the first wait end at once, and the second not
        if (!within(patience, answer) && !within(MERCY, answer)) {
          hang(answer, begin);
        }
        Thread.sleep(PACE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the window is closed
    }
  }

  private static boolean within(Duration time, Semaphore answer) throws InterruptedException {
    return answer.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void hang(Semaphore answer, long begin) throws InterruptedException {
    String busy =
        Arrays.stream(fx.getStackTrace())
            .map(frame -> "\tat " + frame)
            .collect(Collectors.joining("\n"));
    LOG.error("the window does not answer; it is busy with\n{}", busy);
    answer.acquire();
    String took = Amounts.duration(Duration.ofNanos(System.nanoTime() - begin));
    LOG.warn("the window answers again after {}", took);
    reports.report(Texts.of("hang.title", took), Texts.of("hang.why"), busy);
  }
}
