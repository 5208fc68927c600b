package dev.backstay.ui.browse;

import atlantafx.base.theme.Styles;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.timeline.Moments;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// What a search leaves out: by age and by size. Enter looks.
final class LimitsPane extends FlowPane {

  private final InstantSource clock;
  private final BrowseViewModel model;
  private final TextField newer = field("newer", "browse.limit.time");
  private final TextField older = field("older", "browse.limit.time");
  private final TextField larger = field("larger", "browse.limit.size");
  private final TextField smaller = field("smaller", "browse.limit.size");

  LimitsPane(InstantSource clock, BrowseViewModel model) {
    super(14, 6);
    this.clock = clock;
    this.model = model;
    setAlignment(Pos.CENTER_RIGHT);
    add("browse.limit.newer", newer);
    add("browse.limit.older", older);
    add("browse.limit.larger", larger);
    add("browse.limit.smaller", smaller);
  }

  private static TextField field(String name, String prompt) {
    TextField field = new TextField();
    field.setId("browse-limit-" + name);
    field.setPromptText(Texts.of(prompt));
    field.setPrefColumnCount(9);
    return field;
  }

  private void add(String key, TextField field) {
    Label label = new Label(Texts.of(key));
    label.setLabelFor(field);
    label.getStyleClass().add("muted");
    field.setAccessibleText(label.getText());
    HBox pair = new HBox(6, label, field);
    pair.setAlignment(Pos.CENTER_LEFT);
    getChildren().add(pair);
    field.textProperty().subscribe((_, _) -> changed());
    field.setOnAction(_ -> model.find());
  }

  private void changed() {
    model
        .limitsProperty()
        .set(
            new Limits(
                read(newer, this::moment),
                read(older, this::moment),
                read(larger, Limits::size),
                read(smaller, Limits::size)));
  }

  private Optional<Instant> moment(String text) {
    return Moments.parse(text, clock.instant(), ZoneId.systemDefault(), false);
  }

  /// What is no limit is marked, and leaves nothing out.
  private static <T> @Nullable T read(TextField field, Function<String, Optional<T>> reading) {
    boolean blank = field.getText().isBlank();
    Optional<T> read = blank ? Optional.empty() : reading.apply(field.getText());
    field.pseudoClassStateChanged(Styles.STATE_DANGER, !blank && read.isEmpty());
    return read.orElse(null);
  }

  void clear() {
    newer.clear();
    older.clear();
    larger.clear();
    smaller.clear();
  }

  @Override
  public void requestFocus() {
    newer.requestFocus();
  }
}
