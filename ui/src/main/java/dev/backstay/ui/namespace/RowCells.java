package dev.backstay.ui.namespace;

import dev.backstay.model.PvcInfo;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Badge;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The plain columns of a namespace's tree.
public final class RowCells {

  private RowCells() {}

  /// A column whose cells are made of the whole row.
  static void of(TreeTableColumn<Row, Row> column, Function<Row, Label> label) {
    column.setCellValueFactory(f -> new ReadOnlyObjectWrapper<>(f.getValue().getValue()));
    column.setCellFactory(_ ->
        new TreeTableCell<>() {
          @Override
          protected void updateItem(@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : label.apply(row));
          }
        });
  }

  static Label name(Row row, Instant now) {
    FontIcon icon =
        switch (row) {
          case Row.Whole _ -> Icons.of("mdi2f-file-multiple-outline");
          case Row.Volume v when v.pvc() == null -> Icons.of("mdi2d-database-off-outline");
          case Row.Volume _ -> Icons.of("mdi2d-database-outline");
          case Row.Point _ -> Icons.of("mdi2r-record-circle-outline", "icon-point");
          case Row.Homeless _ -> Icons.of("mdi2c-camera-off-outline");
          case Row.Snapshot _ -> Icons.of("mdi2c-camera-outline", "icon-volumesnapshot");
        };
    Label label = new Label(text(row, now), icon);
    label.setTooltip(
        new Tooltip(
            row instanceof Row.Point point
                ? Amounts.moment(point.point().time()) + "  " + row.name()
                : row.name()));
    return label;
  }

  private static String text(Row row, Instant now) {
    return switch (row) {
      case Row.Whole _ -> Texts.of("namespace.whole");
      case Row.Point point -> Amounts.brief(point.point().time(), now);
      case Row.Volume _, Row.Homeless _, Row.Snapshot _ -> row.name();
    };
  }

  static Label state(Row row) {
    return switch (row) {
      case Row.Whole _, Row.Homeless _ -> new Label();
      case Row.Volume v -> new Badge(Texts.of(v.protection().key()), v.protection().tone());
      case Row.Point p when p.point().partial() ->
          new Badge(Texts.of("point.partial"), Badge.Tone.WARN);
      case Row.Point p when p.point().selective() ->
          new Badge(Texts.of("point.selective"), Badge.Tone.PLAIN);
      case Row.Point _ -> new Badge(Texts.of("point.whole"), Badge.Tone.OK);
      case Row.Snapshot s -> ready(s.snapshot());
    };
  }

  /// Whether a volume can be made from it.
  public static Badge ready(VolumeSnapshotInfo snapshot) {
    if (!snapshot.error().isEmpty()) {
      return new Badge(Texts.of("volumesnapshot.failed"), Badge.Tone.BAD);
    }
    return snapshot.ready()
        ? new Badge(Texts.of("volumesnapshot.ready"), Badge.Tone.INFO)
        : new Badge(Texts.of("volumesnapshot.pending"), Badge.Tone.WARN);
  }

  static Label last(Row row, Instant now) {
    return switch (row) {
      case Row.Whole w -> age(w.points().isEmpty() ? null : w.points().getFirst().time(), now);
      case Row.Volume v -> age(v.last(), now);
      case Row.Point p -> age(p.point().time(), now);
      case Row.Homeless _, Row.Snapshot _ -> age(row.marks().getFirst().time(), now);
    };
  }

  private static Label age(@Nullable Instant time, Instant now) {
    Label label = new Label(Amounts.age(time, now));
    if (time != null) {
      label.setTooltip(new Tooltip(Amounts.moment(time)));
    }
    return label;
  }

  static Label used(Row row) {
    return switch (row) {
      case Row.Volume v -> used(v);
      case Row.Point p -> new Label(Amounts.bytes(PointFacts.bytes(p.point(), p.pvc())));
      case Row.Snapshot s -> new Label(Amounts.bytes(s.snapshot().restoreSize()));
      case Row.Whole _, Row.Homeless _ -> new Label();
    };
  }

  private static Label used(Row.Volume volume) {
    PvcInfo pvc = volume.pvc();
    Label label = new Label(used(volume.used(), pvc == null ? -1 : pvc.capacity()));
    label.setTooltip(new Tooltip(Texts.of("namespace.used.why")));
    return label;
  }

  /// `1.5 GiB · 40 %`, as far as it is known.
  ///
  /// @param used bytes, negative if unknown
  /// @param capacity bytes, not positive if unknown
  public static String used(long used, long capacity) {
    String bytes = Amounts.bytes(used);
    return used < 0 || capacity <= 0
        ? bytes
        : Texts.of("namespace.used-percent", bytes, Math.round(100.0 * used / capacity));
  }

  static Label ofPvc(Row row, Function<PvcInfo, String> text) {
    String words =
        row instanceof Row.Volume v && v.pvc() != null
            ? text.apply(Objects.requireNonNull(v.pvc()))
            : "";
    Label label = new Label(words);
    if (!words.isEmpty()) {
      label.setTooltip(new Tooltip(words));
    }
    return label;
  }

  /// `ReadWriteOnce` → `RWO`, as kubectl writes it.
  public static String modes(List<String> modes) {
    return modes.stream()
        .map(m ->
            switch (m) {
              case "ReadWriteOnce" -> "RWO";
              case "ReadOnlyMany" -> "ROX";
              case "ReadWriteMany" -> "RWX";
              case "ReadWriteOncePod" -> "RWOP";
              default -> m;
            })
        .collect(Collectors.joining(","));
  }
}
