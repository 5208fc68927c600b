package dev.backstay.ui.namespace;

import dev.backstay.model.PvcInfo;
import java.time.Instant;
import java.util.Comparator;

/// What rows are sorted by.
final class RowOrder {

  private RowOrder() {}

  /// In that order; what is alike in it by name, the namespace as a whole before its PVCs.
  static Comparator<Row> then(Comparator<Row> order) {
    return order
        .thenComparing(row -> !(row instanceof Row.Whole))
        .thenComparing(Row::name, String.CASE_INSENSITIVE_ORDER);
  }

  /// Protected ones first, as the words are declared.
  static Protection state(Row row) {
    return row instanceof Row.Volume volume ? volume.protection() : Protection.PROTECTED;
  }

  static Instant last(Row row) {
    return switch (row) {
      case Row.Whole _ -> Instant.MIN;
      case Row.Volume volume ->
          volume.last() == null ? Instant.MIN : volume.points().getFirst().time();
      case Row.Homeless _, Row.Point _, Row.Snapshot _ -> row.marks().getFirst().time();
    };
  }

  static long used(Row row) {
    return switch (row) {
      case Row.Whole _, Row.Homeless _ -> -2;
      case Row.Volume volume -> volume.used();
      case Row.Point point -> PointFacts.bytes(point.point(), point.pvc());
      case Row.Snapshot snapshot -> snapshot.snapshot().restoreSize();
    };
  }

  static long capacity(Row row) {
    return row instanceof Row.Volume(_, PvcInfo pvc, _, _, _, _, _) && pvc != null
        ? pvc.capacity()
        : -1;
  }

  static String storageClass(Row row) {
    return row instanceof Row.Volume(_, PvcInfo pvc, _, _, _, _, _) && pvc != null
        ? pvc.storageClass()
        : "";
  }

  static String modes(Row row) {
    return row instanceof Row.Volume(_, PvcInfo pvc, _, _, _, _, _) && pvc != null
        ? RowCells.modes(pvc.accessModes())
        : "";
  }

  static String pods(Row row) {
    return row instanceof Row.Volume(_, PvcInfo pvc, _, _, _, _, _) && pvc != null
        ? String.join(",", pvc.pods())
        : "";
  }
}
