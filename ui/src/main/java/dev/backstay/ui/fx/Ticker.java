package dev.backstay.ui.fx;

import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;
import javafx.util.Subscription;

/// Pulls progress five times a second, as long as somebody looks.
public final class Ticker {

  private static final Duration PACE = Duration.millis(200);

  private Ticker() {}

  /// Calls back on the FX thread until it is unsubscribed.
  public static Subscription start(Runnable look) {
    Timeline timeline = new Timeline(new KeyFrame(PACE, _ -> look.run()));
    timeline.setCycleCount(Timeline.INDEFINITE);
    timeline.play();
    return timeline::stop;
  }
}
