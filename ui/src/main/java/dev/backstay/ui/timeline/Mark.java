package dev.backstay.ui.timeline;

import java.time.Instant;

/// Something at a moment.
///
/// @param time when
/// @param kind what
/// @param label for the tooltip and for screen readers
/// @param item what is chosen with it
public record Mark(Instant time, Kind kind, String label, Object item) {

  /// What a mark stands for; each has a shape of its own.
  public enum Kind {
    POINT("axis-mark-point"),
    PARTIAL("axis-mark-partial"),
    VOLUME_SNAPSHOT("axis-mark-volumesnapshot"),
    BROKEN("axis-mark-broken");

    private final String styleClass;

    Kind(String styleClass) {
      this.styleClass = styleClass;
    }

    String styleClass() {
      return styleClass;
    }
  }
}
