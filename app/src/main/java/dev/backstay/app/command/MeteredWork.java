package dev.backstay.app.command;

import dev.backstay.app.console.Interrupts;
import dev.backstay.app.console.MeterWatch;
import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import java.util.function.Function;

/// Work that is no job: it runs on the calling thread, shows its progress, and Ctrl-C cancels it.
final class MeteredWork {

  private MeteredWork() {}

  interface Work<T> {
    T run(CancelToken cancel, Meter meter);
  }

  /// @param phase what is shown to be going on
  static <T> T run(Wiring wiring, String phase, Work<T> work) {
    CancelToken cancel = new CancelToken();
    try (Interrupts.Guard _ = wiring.interrupts().guard(cancel::cancel, () -> "Stopped.");
        MeterWatch watch = MeterWatch.start(wiring.console(), phase)) {
      return work.run(cancel, watch);
    }
  }

  /// The same for work that is soon done: nothing is shown, and Ctrl-C lets it give up its locks.
  static <T> T soonDone(Wiring wiring, Function<CancelToken, T> work) {
    CancelToken cancel = new CancelToken();
    try (Interrupts.Guard _ = wiring.interrupts().guard(cancel::cancel, () -> "Stopped.")) {
      return work.apply(cancel);
    }
  }

  interface QuietWork {
    void run(CancelToken cancel);
  }

  /// The same for work whose output is its progress.
  static void quiet(Wiring wiring, QuietWork work) {
    CancelToken cancel = new CancelToken();
    try (Interrupts.Guard _ = wiring.interrupts().guard(cancel::cancel, () -> "Stopped.")) {
      work.run(cancel);
    }
  }
}
