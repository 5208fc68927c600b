package dev.backstay.ui.timeline;

import dev.backstay.ui.fx.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Shape;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// One line of a time axis with its marks. Marks that would lie on one another are drawn as one, so
/// that ten thousand cost no more than a hundred.
public final class Lane extends Region {

  private static final double RADIUS = 5.5;
  private static final double BESIDE = 8;
  private static final double TICK_WIDTH = 90;

  private final boolean labelled;
  private @Nullable TimeScale whole;
  private final ReadOnlyObjectWrapper<@Nullable TimeScale> zoomed = new ReadOnlyObjectWrapper<>();
  private List<Mark> marks = List.of();
  private @Nullable Object chosen;
  private Consumer<Mark> onChoose = _ -> {};

  /// @param labelled whether the ticks have their labels, below
  public Lane(boolean labelled) {
    this.labelled = labelled;
    setMinHeight(labelled ? 46 : 18);
    setPrefHeight(labelled ? 46 : 18);
    setAccessibleRole(AccessibleRole.SLIDER);
    getStyleClass().add("lane");
    setFocusTraversable(labelled);
    addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    if (labelled) {
      addEventHandler(ScrollEvent.SCROLL, this::scrolled);
    }
    zoomed.subscribe(this::draw);
  }

  /// @param newScale which stretch of time
  /// @param newMarks in any order
  public void show(@Nullable TimeScale newScale, List<Mark> newMarks) {
    whole = newScale;
    if (!labelled && !marks.equals(byTime(newMarks))) {
      chosen = null; // these are another row's
    }
    marks = byTime(newMarks);
    setAccessibleText(Texts.count("timeline.marks", marks.size()));
    draw();
  }

  private static List<Mark> byTime(List<Mark> marks) {
    return marks.stream().sorted(Comparator.comparing(Mark::time)).toList();
  }

  /// Draws the mark of this item as the chosen one.
  public void choose(@Nullable Object item) {
    chosen = item;
    TimeScale close = zoomed.get();
    TimeScale all = whole;
    if (close != null && all != null) {
      chosenTime().ifPresent(time -> zoomed.set(close.showing(time, all)));
    }
    draw();
  }

  private Optional<Instant> chosenTime() {
    return marks.stream().filter(m -> m.item().equals(chosen)).map(Mark::time).findFirst();
  }

  /// Whether less than the whole is shown.
  public BooleanBinding zoomed() {
    return zoomed.isNotNull();
  }

  /// Closer, about the chosen mark; further away for factors below 1.
  public void zoom(double factor) {
    TimeScale now = shown();
    if (now != null) {
      Instant middle = now.from().plus(Duration.between(now.from(), now.to()).dividedBy(2));
      zoom(
          factor,
          chosenTime().map(t -> now.at(t) >= 0 && now.at(t) <= 1 ? t : middle).orElse(middle));
    }
  }

  private void zoom(double factor, Instant about) {
    TimeScale now = shown();
    TimeScale all = whole;
    if (now != null && all != null) {
      TimeScale next = now.zoom(factor, about, all);
      zoomed.set(next.equals(all) ? null : next);
    }
  }

  private void zoomOut() {
    zoomed.set(null);
  }

  private @Nullable TimeScale shown() {
    TimeScale close = zoomed.get();
    return close == null ? whole : close;
  }

  public void setOnChoose(Consumer<Mark> listener) {
    onChoose = listener;
  }

  @Override
  protected void layoutChildren() {
    // everything is placed where it is drawn
  }

  @Override
  protected void setWidth(double value) {
    boolean changed = value != getWidth();
    super.setWidth(value);
    if (changed) {
      draw();
    }
  }

  @Override
  protected void setHeight(double value) {
    boolean changed = value != getHeight();
    super.setHeight(value);
    if (changed) {
      draw();
    }
  }

  private void draw() {
    getChildren().clear();
    TimeScale shown = shown();
    if (shown == null || getWidth() < 40) {
      return;
    }
    drawTicks(shown);
    drawMarks(shown);
  }

  private double middle() {
    return labelled ? 14 : getHeight() / 2;
  }

  private double x(TimeScale shown, Mark mark) {
    return RADIUS + 2 + shown.at(mark.time()) * (getWidth() - 2 * (RADIUS + 2));
  }

  private void drawTicks(TimeScale shown) {
    double y = middle();
    if (!marks.isEmpty() || labelled) {
      getChildren().add(styled(new Line(0, y, getWidth(), y), "axis-line"));
    }
    int most = (int) Math.max(1, getWidth() / TICK_WIDTH);
    for (TimeScale.Tick tick : shown.ticks(most, ZoneId.systemDefault())) {
      double x = shown.at(tick.time()) * getWidth();
      double end = labelled ? 28 : getHeight();
      getChildren().add(styled(new Line(x, labelled ? 6 : 0, x, end), "axis-line"));
      if (labelled && x > 14 && x < getWidth() - 30) {
        Text text = new Text(tick.label());
        text.getStyleClass().add("axis-tick");
        text.setX(x - 16);
        text.setY(42);
        getChildren().add(text);
      }
    }
  }

  private void drawMarks(TimeScale shown) {
    List<Mark> together = new ArrayList<>();
    for (Mark mark : marks) {
      double at = shown.at(mark.time());
      if (at < 0 || at > 1) {
        continue;
      }
      if (!together.isEmpty() && x(shown, mark) - x(shown, together.getLast()) >= BESIDE) {
        drawOne(shown, together);
        together.clear();
      }
      together.add(mark);
      if (together.size() > 1 && x(shown, mark) - x(shown, together.getFirst()) >= 2 * BESIDE) {
        List<Mark> before = together.subList(0, together.size() - 1);
        drawOne(shown, List.copyOf(before));
        before.clear();
      }
    }
    if (!together.isEmpty()) {
      drawOne(shown, together);
    }
  }

  private void drawOne(TimeScale shown, List<Mark> some) {
    List<Mark> together = List.copyOf(some);
    Mark mark =
        together.stream()
            .filter(m -> m.item().equals(chosen))
            .findFirst()
            .orElse(together.getLast());
    boolean isChosen = mark.item().equals(chosen);
    double radius = RADIUS + (together.size() > 1 ? 1.5 : 0) + (isChosen ? 1.5 : 0);
    Shape shape =
        styled(shape(mark.kind(), x(shown, mark), middle(), radius), mark.kind().styleClass());
    if (isChosen) {
      shape.getStyleClass().add("axis-mark-chosen");
    }
    Tooltip.install(shape, new Tooltip(label(together)));
    shape.setOnMouseClicked(event -> {
      requestFocus();
      clicked(together);
      event.consume();
    });
    getChildren().add(shape);
  }

  /// Several marks come apart, so that the next click is for one of them. Where they can't, each
  /// click goes to the next older one, and from the oldest to the newest.
  private void clicked(List<Mark> together) {
    TimeScale all = whole;
    boolean apart = false;
    if (all != null && together.size() > 1 && labelled && comeApart(together)) {
      apart = true;
      Instant first = together.getFirst().time();
      TimeScale close = TimeScale.closeUp(first, together.getLast().time(), all);
      zoomed.set(close.equals(all) ? null : close);
    }
    int at = together.size() - 1;
    for (int i = 0; i < together.size(); i++) {
      if (together.get(i).item().equals(chosen)) {
        at = apart ? i : Math.floorMod(i - 1, together.size());
      }
    }
    if (!labelled) {
      choose(together.get(at).item()); // nobody else keeps it
    }
    onChoose.accept(together.get(at));
  }

  private boolean comeApart(List<Mark> together) {
    TimeScale now = shown();
    TimeScale all = whole;
    return now != null
        && all != null
        && !TimeScale.closeUp(together.getFirst().time(), together.getLast().time(), all)
            .equals(now);
  }

  private static String label(List<Mark> together) {
    String labels =
        together.stream()
            .skip(Math.max(0, together.size() - 5))
            .map(Mark::label)
            .collect(Collectors.joining("\n"));
    return together.size() <= 5
        ? labels
        : labels + "\n" + Texts.of("timeline.more", together.size() - 5);
  }

  /// A circle, a diamond for VolumeSnapshots, a square for what is partial or broken.
  private static Shape shape(Mark.Kind kind, double x, double y, double r) {
    return switch (kind) {
      case POINT -> new Circle(x, y, r);
      case VOLUME_SNAPSHOT -> new Polygon(x, y - r, x + r, y, x, y + r, x - r, y);
      case PARTIAL, BROKEN -> new Polygon(x - r, y + r - 1, x + r, y + r - 1, x, y - r);
    };
  }

  private static <T extends Shape> T styled(T shape, String styleClass) {
    shape.getStyleClass().add(styleClass);
    return shape;
  }

  private void pressed(KeyEvent event) {
    switch (event.getCode()) {
      case LEFT -> move(-1);
      case RIGHT -> move(1);
      case HOME -> move(-marks.size());
      case END -> move(marks.size());
      case PLUS, ADD, EQUALS -> zoom(2);
      case MINUS, SUBTRACT -> zoom(0.5);
      case DIGIT0, NUMPAD0 -> zoomOut();
      default -> {
        return;
      }
    }
    event.consume();
  }

  /// About the moment below the pointer.
  private void scrolled(ScrollEvent event) {
    TimeScale now = shown();
    if (now != null && event.getDeltaY() != 0) {
      double share = Math.clamp(event.getX() / getWidth(), 0, 1);
      Duration span = Duration.between(now.from(), now.to());
      Instant about = now.from().plusSeconds((long) (span.toSeconds() * share));
      zoom(event.getDeltaY() > 0 ? 1.25 : 0.8, about);
      event.consume();
    }
  }

  /// To the mark so many further on.
  public void move(int steps) {
    if (marks.isEmpty()) {
      return;
    }
    int at = 0;
    for (int i = 0; i < marks.size(); i++) {
      if (Objects.equals(marks.get(i).item(), chosen)) {
        at = i;
      }
    }
    onChoose.accept(marks.get(Math.clamp((long) at + steps, 0, marks.size() - 1)));
  }
}
