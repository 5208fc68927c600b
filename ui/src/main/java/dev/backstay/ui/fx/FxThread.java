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
        Platform.runLater(work);
      }
    };
  }
}
