package dev.backstay.ui.namespace;

import dev.backstay.model.Ability;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Facts;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.backup.BackUpRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What is known of the chosen row, and what can be done with it.
final class RowDetails {

  private final Desk desk;
  private final NamespaceViewModel model;
  private final SnapshotActions actions;

  RowDetails(Desk desk, NamespaceViewModel model, SnapshotActions actions) {
    this.desk = desk;
    this.model = model;
    this.actions = actions;
  }

  SnapshotActions actions() {
    return actions;
  }

  Node of(Row row) {
    VBox box =
        switch (row) {
          case Row.Whole whole -> whole(whole);
          case Row.Volume volume -> volume(volume);
          case Row.Point point -> point(point);
          case Row.Homeless homeless -> homeless(homeless);
          case Row.Snapshot snapshot -> snapshot(snapshot.snapshot());
        };
    ScrollPane scroll = new ScrollPane(box);
    scroll.setFitToWidth(true);
    return scroll;
  }

  /// What can be done with several rows at once.
  Node of(List<Row> rows) {
    List<VolumeSnapshotInfo> snapshots =
        rows.stream()
            .filter(Row.Snapshot.class::isInstance)
            .map(row -> ((Row.Snapshot) row).snapshot())
            .toList();
    List<String> pvcs =
        rows.stream()
            .filter(row -> row instanceof Row.Volume v && v.pvc() != null)
            .map(Row::name)
            .toList();
    return box(
        Texts.of("details.several", rows.size()),
        new Facts()
            .add("details.several.pvcs", String.join(", ", pvcs))
            .add(
                "details.several.snapshots",
                snapshots.stream().map(VolumeSnapshotInfo::name).collect(Collectors.joining(", "))),
        pvcs.isEmpty() ? null : backUp(pvcs),
        pvcs.isEmpty() || !model.snapshotsServedProperty().get()
            ? null
            : button(
                "take-several",
                "mdi2c-camera-outline",
                "namespace.take",
                () -> actions.take(model.cluster(), model.namespace(), pvcs)),
        snapshots.isEmpty()
            ? null
            : button(
                "delete-volumesnapshots",
                "mdi2d-delete-outline",
                "snapshot.delete",
                () -> actions.delete(model.cluster(), snapshots)));
  }

  private VBox whole(Row.Whole whole) {
    RestorePoint newest = whole.points().isEmpty() ? null : whole.points().getFirst();
    return box(
        Texts.of("details.whole", whole.name()),
        new Facts()
            .add("details.points", Amounts.count(whole.points().size()))
            .add("details.newest", newest == null ? "" : Amounts.moment(newest.time()))
            .add("details.manifests", newest == null ? "" : Amounts.count(newest.manifests())),
        newest == null ? null : browse(newest, "/manifests"),
        newest == null ? null : restore(newest, List.of()),
        backUp(List.of()));
  }

  private VBox homeless(Row.Homeless homeless) {
    return box(
        homeless.name(),
        new Facts()
            .add("details.homeless", Texts.of("details.homeless.why"))
            .add("details.several.snapshots", Amounts.count(homeless.snapshots().size())),
        button(
            "delete-volumesnapshots",
            "mdi2d-delete-outline",
            "snapshot.delete",
            () -> actions.delete(model.cluster(), homeless.snapshots())));
  }

  private VBox volume(Row.Volume volume) {
    PvcInfo pvc = volume.pvc();
    Facts facts =
        new Facts().add("details.protection", Texts.of(volume.protection().key() + ".why"));
    if (pvc != null) {
      facts
          .add("details.phase", pvc.phase())
          .add("details.class", pvc.storageClass())
          .add("details.driver", pvc.driver())
          .add("details.pods", String.join(", ", pvc.pods()))
          .add("details.mode", pvc.volumeMode())
          .add("details.volume", pvc.volume())
          .add("details.snapshots", ability(pvc.snapshot()));
    }
    RestorePoint newest = volume.points().isEmpty() ? null : volume.points().getFirst();
    return box(
        volume.name(),
        facts,
        newest == null ? null : browse(newest, "/volumes/" + volume.name()),
        newest == null ? null : restore(newest, List.of("pvc/" + volume.name())),
        pvc == null ? null : backUp(List.of(volume.name())),
        pvc == null || !model.snapshotsServedProperty().get()
            ? null
            : button(
                "take",
                "mdi2c-camera-outline",
                "namespace.take",
                () -> actions.take(model.cluster(), model.namespace(), List.of(volume.name()))));
  }

  private static String ability(Ability ability) {
    String word = Texts.of("ability." + ability.answer().name().toLowerCase(Locale.ROOT));
    return ability.source().isEmpty() ? word : word + " – " + ability.source();
  }

  private VBox point(Row.Point row) {
    RestorePoint point = row.point();
    Facts facts =
        new Facts()
            .add("details.time", Amounts.moment(point.time()))
            .add("details.manifests", Amounts.count(point.manifests()))
            .add("details.files", Amounts.count(PointFacts.files(point)))
            .add("details.bytes", Amounts.bytes(PointFacts.bytes(point, "")))
            .add("details.context", point.context())
            .add("details.job", point.job());
    point.volumes().forEach(v -> facts.plain(v.pvc(), v.consistency()));
    String path = row.pvc().isEmpty() ? "/" : "/volumes/" + row.pvc();
    List<String> only = row.pvc().isEmpty() ? List.of() : List.of("pvc/" + row.pvc());
    return box(
        Texts.of("details.point", point.shortId()),
        facts,
        browse(point, path),
        restore(point, only));
  }

  private VBox snapshot(VolumeSnapshotInfo snapshot) {
    Facts facts =
        new Facts()
            .add("details.time", Amounts.moment(snapshot.cut()))
            .add("details.pvc", snapshot.pvc())
            .add("details.snapshot-class", snapshot.snapshotClass())
            .add("details.driver", snapshot.driver())
            .add("details.policy", snapshot.deletionPolicy())
            .add("details.group", snapshot.group())
            .add("details.owner", snapshot.owner())
            .add("details.error", snapshot.error());
    return box(
        Texts.of("details.volumesnapshot", snapshot.name()),
        facts,
        button(
            "make-pvc",
            "mdi2d-database-plus-outline",
            "snapshot.make-pvc",
            () -> actions.makePvc(model.cluster(), snapshot)),
        snapshot.pvc().isEmpty()
            ? null
            : button(
                "back-up-snapshot",
                "mdi2s-shield-plus-outline",
                "snapshot.back-up",
                () ->
                    desk.navigator()
                        .go(
                            new Place.BackUp(
                                model.cluster(),
                                BackUpRequest.from(
                                    snapshot.namespace(), snapshot.pvc(), snapshot.name())))),
        button(
            "delete-volumesnapshot",
            "mdi2d-delete-outline",
            "snapshot.delete",
            () -> actions.delete(model.cluster(), List.of(snapshot))));
  }

  private Button browse(RestorePoint point, String path) {
    return button(
        "browse",
        "mdi2f-folder-search-outline",
        "action.browse",
        () -> desk.navigator().go(new Place.Browse(point, path)));
  }

  private Button restore(RestorePoint point, List<String> only) {
    return button(
        "restore",
        "mdi2b-backup-restore",
        "action.restore",
        () -> desk.navigator().go(new Place.Restore(point, only)));
  }

  private Button backUp(List<String> pvcs) {
    return button(
        "back-up-row",
        "mdi2s-shield-plus-outline",
        "action.back-up",
        () -> desk.navigator().go(new Place.BackUp(model.cluster(), model.namespace(), pvcs)));
  }

  private static Button button(String id, String icon, String key, Runnable what) {
    Button button = new Button(Texts.of(key), Icons.of(icon));
    button.setId("details-" + id);
    button.setOnAction(_ -> what.run());
    return button;
  }

  private static VBox box(String title, Facts facts, @Nullable Button... buttons) {
    Label heading = new Label(title);
    heading.getStyleClass().add("heading");
    FlowPane row = new FlowPane(8, 8);
    for (Button button : buttons) {
      if (button != null) {
        button.setAccessibleHelp(title);
        row.getChildren().add(button);
      }
    }
    return new VBox(10, heading, row, facts);
  }
}
