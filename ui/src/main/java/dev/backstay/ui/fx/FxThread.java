package dev.backstay.ui.fx;

import javafx.application.Platform;

/// The one place where work hops to the FX thread.
@FunctionalInterface
public interface FxThread {

  /// Runs it there, soon or at once.
  void run(Runnable work);

  /// The toolkit's. At once if that is the calling thread.
  static FxThread ofToolkit() {
    return work -> {
      if (Platform.isFxApplicationThread()) {
        work.run();
      } else {
        later(work);
      }
    };
  }

  /// Runs it there after everything that is on its way there, even if that is the calling thread:
  /// what is being shown or closed now has been, by then.
  static void later(Runnable work) {
    Platform.runLater(work);
  }
}
