package dev.backstay.ui.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/// Measures how long the FX thread is busy with one thing, and where it was then; and the time
/// between two frames.
final class FxProbe {

  private static final long SUSPICIOUS = TimeUnit.MILLISECONDS.toNanos(40);

  private final Thread thread;
  private final Thread fx;
  private volatile boolean running = true;
  private long longest;
  private StackTraceElement @Nullable [] where;

  private FxProbe(Thread fx) {
    this.fx = fx;
    this.thread = Thread.ofPlatform().daemon().name("fx-probe").start(this::measure);
  }

  static FxProbe start() {
    return new FxProbe(Toolkit.on(Thread::currentThread));
  }

  private void measure() {
    try {
      while (running) {
        ping();
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ping() throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(1);
    long begin = System.nanoTime();
    StackTraceElement[] seen = null;
    Platform.runLater(answered::countDown);
    while (!answered.await(SUSPICIOUS, TimeUnit.NANOSECONDS)) {
      if (seen == null) {
        seen = fx.getStackTrace();
      }
    }
    long took = System.nanoTime() - begin;
    if (took > longest) {
      longest = took;
      where = seen;
    }
  }

  /// Ends the measurement.
  ///
  /// @return the longest block in milliseconds, and what was on top of the stack in the middle of
  ///   it
  String result() throws InterruptedException {
    running = false;
    thread.join();
    StringBuilder text =
        new StringBuilder(String.format(Locale.ROOT, "%.0f ms", longest / 1_000_000.0));
    StackTraceElement[] stack = where;
    if (stack != null) {
      int shown = 0;
      for (StackTraceElement frame : stack) {
        if (shown < 14) {
          text.append("\n      at ").append(frame);
          shown++;
        } else if (frame.getClassName().startsWith("dev.backstay")) {
          text.append("\n      … ").append(frame);
        }
      }
    }
    return text.toString();
  }

  /// Times between frames while something moves a step in each.
  static String frames(int count, Runnable step) throws InterruptedException {
    List<Long> times = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    Toolkit.run(() ->
        new AnimationTimer() {
          private long last;

          @Override
          public void handle(long now) {
            long at = System.nanoTime();
            if (last != 0) {
              times.add(at - last);
            }
            last = at;
            if (times.size() >= count) {
              stop();
              done.countDown();
            } else {
              step.run();
            }
          }
        }.start());
    if (!done.await(120, TimeUnit.SECONDS)) {
      throw new AssertionError("no frames came");
    }
    times.sort(null);
    return String.format(
        Locale.ROOT,
        "median %.1f ms, 99 %% %.1f ms, longest %.1f ms of %d frames",
        times.get(times.size() / 2) / 1e6,
        times.get(times.size() * 99 / 100) / 1e6,
        times.getLast() / 1e6,
        times.size());
  }
}
