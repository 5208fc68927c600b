package dev.backstay.ui.timeline;

import atlantafx.base.theme.Styles;
import dev.backstay.ui.fx.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;

/// Where a time is typed to go to the newest moment that is not after it; Enter goes.
public final class TimeField extends TextField {

  private final InstantSource clock;
  private final Predicate<Instant> go;
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

  /// @param go goes there; false if there is nothing so old
  public TimeField(InstantSource clock, Predicate<Instant> go) {
    this.clock = clock;
    this.go = go;
    setPromptText(Texts.of("timeline.go"));
    setAccessibleText(Texts.of("timeline.go.why"));
    setTooltip(new Tooltip(Texts.of("timeline.go.why")));
    setPrefWidth(150);
    setMinWidth(110);
    setOnAction(_ -> entered());
    textProperty().subscribe((_, _) -> told(""));
  }

  private void entered() {
    if (getText().isBlank()) {
      return;
    }
    Optional<Instant> moment =
        Moments.parse(getText(), clock.instant(), ZoneId.systemDefault(), true);
    if (moment.isEmpty()) {
      told(Texts.of("timeline.no-time"));
    } else if (!go.test(moment.get())) {
      told(Texts.of("timeline.nothing-before"));
    }
  }

  private void told(String words) {
    problem.set(words);
    pseudoClassStateChanged(Styles.STATE_DANGER, !words.isEmpty());
  }

  /// Why it did not go there; empty if it did.
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }
}
