package dev.backstay.ui.browse;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Which two states are compared: a restore point, by default the one that is shown, and another or
/// the cluster.
final class CompareSides {

  /// One side.
  private sealed interface Side {
    /// The restore point that is shown, whichever that is.
    record Shown() implements Side {}

    record Live() implements Side {}

    record At(RestorePoint point) implements Side {}
  }

  private final BrowseViewModel model;
  private final ComboBox<Side> base = new ComboBox<>();
  private final ComboBox<Side> other = new ComboBox<>();
  private Runnable listener = () -> {};
  private boolean filling;
  private boolean live;

  /// What the user wants to compare with; null as long as they did not say.
  private @Nullable Side wanted;

  CompareSides(BrowseViewModel model) {
    this.model = model;
    base.setId("compare-base");
    base.setAccessibleText(Texts.of("compare.of"));
    other.setId("compare-with");
    other.setAccessibleText(Texts.of("compare.with"));
    for (ComboBox<Side> box : List.of(base, other)) {
      box.setConverter(new Names());
      box.setMaxWidth(Double.MAX_VALUE);
      box.valueProperty().subscribe((_, _) -> changed(box));
    }
    base.setValue(new Side.Shown());
  }

  private static final class Names extends StringConverter<Side> {
    @Override
    public String toString(@Nullable Side side) {
      return switch (side) {
        case null -> "";
        case Side.Shown _ -> Texts.of("compare.shown");
        case Side.Live _ -> Texts.of("compare.live");
        case Side.At(RestorePoint point) -> Amounts.minute(point.time()) + "  " + point.shortId();
      };
    }

    @Override
    public @Nullable Side fromString(String text) {
      return null;
    }
  }

  private void changed(ComboBox<Side> box) {
    if (!filling) {
      if (box.equals(base)) {
        offer(live); // not with itself
      } else {
        wanted = other.getValue();
      }
      listener.run();
    }
  }

  void onChange(Runnable what) {
    listener = what;
  }

  ComboBox<?> base() {
    return base;
  }

  ComboBox<?> other() {
    return other;
  }

  /// @param one null for the one that is shown
  void choose(@Nullable RestorePoint one, RestorePoint another) {
    filling = true;
    base.setValue(one == null || one.equals(model.point()) ? new Side.Shown() : new Side.At(one));
    wanted = new Side.At(another);
    other.setValue(wanted);
    filling = false;
  }

  /// Offers what there is now, and keeps what was chosen if it is still offered.
  ///
  /// @param live whether the cluster can be compared with
  void offer(boolean live) {
    filling = true;
    this.live = live;
    Side first = base.getValue();
    List<Side> points = new ArrayList<>();
    model.points().forEach(point -> points.add(new Side.At(point)));
    List<Side> bases = new ArrayList<>(points);
    bases.removeIf(side -> side.equals(new Side.At(model.point())));
    bases.addFirst(new Side.Shown());
    base.getItems().setAll(bases);
    base.setValue(bases.contains(first) ? first : bases.getFirst());
    List<Side> others = new ArrayList<>(points);
    others.removeIf(side -> side instanceof Side.At(RestorePoint p) && p.equals(based()));
    if (live) {
      others.addFirst(new Side.Live());
    }
    Side second = wanted;
    boolean kept = second != null && others.contains(second);
    other.setValue(null); // else its cell may go on to show another one than is chosen
    other.getItems().setAll(others);
    other.setValue(kept ? second : byDefault(others));
    filling = false;
  }

  /// The cluster, else the restore point before, else any.
  private @Nullable Side byDefault(List<Side> others) {
    return others.stream()
        .filter(side ->
            switch (side) {
              case Side.Live _ -> true;
              case Side.At(RestorePoint point) -> point.time().isBefore(based().time());
              case Side.Shown _ -> false;
            })
        .findFirst()
        .or(() -> others.stream().findFirst())
        .orElse(null);
  }

  private RestorePoint based() {
    return base.getValue() instanceof Side.At(RestorePoint point) ? point : model.point();
  }

  /// Whether there is nothing to compare with.
  boolean none() {
    return other.getValue() == null;
  }

  boolean live() {
    return other.getValue() instanceof Side.Live;
  }

  /// The older of two, or the one that is compared with the cluster.
  RestorePoint before() {
    RestorePoint one = based();
    return live() || !another().time().isBefore(one.time()) ? one : another();
  }

  /// The newer of two.
  RestorePoint after() {
    return before().equals(based()) ? another() : based();
  }

  private RestorePoint another() {
    return ((Side.At) Objects.requireNonNull(other.getValue())).point();
  }
}
