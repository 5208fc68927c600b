package dev.backstay.ui.namespace;

import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Listing;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.timeline.Mark;
import dev.backstay.ui.timeline.TimeScale;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// What a namespace's page shows. For the FX thread; needs no toolkit.
public final class NamespaceViewModel {

  /// What the cluster tells in one go.
  private record Answer(
      Listing<PvcInfo> pvcs, Listing<VolumeSnapshotInfo> snapshots, List<ItemFailure> leftBehind) {

    static Answer none() {
      return new Answer(
          new Listing<>(List.of(), List.of()), new Listing<>(List.of(), List.of()), List.of());
    }
  }

  private final Desk desk;
  private final OpenCluster cluster;
  private final String namespace;
  private final ObjectProperty<Load> load =
      new SimpleObjectProperty<>(new Load.Loading(Texts.of("namespace.loading")));
  private final ObservableList<Row> rows = FXCollections.observableArrayList();
  private final ObservableList<ItemFailure> warnings = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable TimeScale> scale = new SimpleObjectProperty<>();
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper snapshotsServed = new ReadOnlyBooleanWrapper(true);
  private final StringProperty filter = new SimpleStringProperty("");
  private @Nullable Answer answer;
  private final Subscription watching;
  private Work work = Work.NONE;

  public NamespaceViewModel(Desk desk, OpenCluster cluster, String namespace) {
    this.desk = desk;
    this.cluster = cluster;
    this.namespace = namespace;
    filter.addListener((_, _, _) -> show());
    watching = cluster.standingProperty().subscribe(this::standing);
  }

  /// Asks the cluster again; what is shown stays until the answer is there.
  public void refresh() {
    if (cluster.standing() != OpenCluster.Standing.OPEN) {
      if (cluster.standing() == OpenCluster.Standing.FAILED) {
        load.set(new Load.Loading(Texts.of("namespace.loading")));
      }
      desk.clusters().open(cluster, _ -> refresh());
      return;
    }
    if (work.running()) {
      return;
    }
    var session = cluster.opened().session();
    work =
        desk.background()
            .ask(
                _ ->
                    new Answer(
                        session.pvcs(namespace),
                        session.volumeSnapshots(namespace),
                        desk.engine().leftBehind(session.context())),
                this::answered,
                error -> {
                  if (answer == null) {
                    load.set(new Load.Failed(error));
                  } else {
                    warnings.setAll(ItemFailure.of(namespace, error));
                  }
                });
  }

  /// Without its cluster, the page shows what restore points hold; the error, if there are none.
  private void standing(OpenCluster.Standing now) {
    EngineException error = cluster.error();
    if (now != OpenCluster.Standing.FAILED || error == null || answer != null) {
      return;
    }
    if (points().isEmpty()) {
      load.set(new Load.Failed(error));
      return;
    }
    warnings.setAll(
        ItemFailure.of(cluster.key().label(), error),
        new ItemFailure(namespace, "ui.offline", Texts.of("namespace.unreachable"), ""));
    show(Answer.none(), false);
  }

  private void answered(Answer fresh) {
    answer = fresh;
    List<ItemFailure> all = new ArrayList<>(fresh.pvcs().warnings());
    fresh.snapshots().warnings().stream().filter(Standing::worthTelling).forEach(all::add);
    snapshotsServed.set(fresh.snapshots().warnings().stream().allMatch(Standing::worthTelling));
    all.addAll(fresh.leftBehind());
    warnings.setAll(all);
    show();
  }

  /// With the restore points as they are known now.
  public void show() {
    if (answer != null) {
      show(answer, true);
    } else if (cluster.standing() == OpenCluster.Standing.FAILED) {
      standing(cluster.standing());
    }
  }

  /// @param answered whether the cluster said so, not only the restore points
  private void show(Answer answer, boolean answered) {
    Instant now = desk.clock().instant();
    List<RestorePoint> points = points();
    List<Row> all =
        new Rows(namespace, now, answered)
            .of(answer.pvcs().items(), answer.snapshots().items(), points);
    List<Instant> moments = all.stream().flatMap(r -> r.marks().stream()).map(Mark::time).toList();
    scale.set(TimeScale.around(moments, now));
    List<Row> matching = all.stream().filter(this::matches).toList();
    if (!matching.equals(rows)) {
      rows.setAll(matching);
    }
    summary.set(answered ? summary(all, points, now) : last(points, now));
    load.set(Load.READY);
  }

  private boolean matches(Row row) {
    String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
    return wanted.isEmpty()
        || row instanceof Row.Whole
        || row.name().toLowerCase(Locale.ROOT).contains(wanted)
        || details(row).toLowerCase(Locale.ROOT).contains(wanted);
  }

  /// What is filtered by, besides names.
  private static String details(Row row) {
    if (!(row instanceof Row.Volume volume)) {
      return "";
    }
    String word = Texts.of(volume.protection().key());
    PvcInfo pvc = volume.pvc();
    return pvc == null
        ? word
        : String.join(
            " ",
            word,
            pvc.storageClass(),
            String.join(" ", pvc.accessModes()),
            RowCells.modes(pvc.accessModes()),
            String.join(" ", pvc.pods()));
  }

  private static String summary(List<Row> rows, List<RestorePoint> points, Instant now) {
    long live = rows.stream().filter(r -> r instanceof Row.Volume v && v.pvc() != null).count();
    long safe =
        rows.stream()
            .filter(r -> r instanceof Row.Volume v && v.protection() == Protection.PROTECTED)
            .count();
    return Texts.of(
        "namespace.summary", safe, Texts.count("namespace.pvcs", live), last(points, now));
  }

  private static String last(List<RestorePoint> points, Instant now) {
    return points.isEmpty()
        ? Texts.of("namespace.no-point")
        : Texts.of("namespace.last", Amounts.age(points.getFirst().time(), now));
  }

  /// Newest first.
  public List<RestorePoint> points() {
    if (cluster.standing() == OpenCluster.Standing.OPEN) {
      return desk.pointsOf(cluster.opened().identity(), namespace);
    }
    String context = cluster.key().name();
    return desk.points().all().stream()
        .filter(p -> p.context().equals(context) && p.namespace().equals(namespace))
        .toList();
  }

  public OpenCluster cluster() {
    return cluster;
  }

  public String namespace() {
    return namespace;
  }

  public ReadOnlyObjectProperty<Load> loadProperty() {
    return load;
  }

  public ObservableList<Row> rows() {
    return rows;
  }

  public ObservableList<ItemFailure> warnings() {
    return warnings;
  }

  public ReadOnlyObjectProperty<@Nullable TimeScale> scaleProperty() {
    return scale;
  }

  public ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  /// Whether the cluster has VolumeSnapshots at all.
  public ReadOnlyBooleanProperty snapshotsServedProperty() {
    return snapshotsServed.getReadOnlyProperty();
  }

  public StringProperty filterProperty() {
    return filter;
  }

  /// Nobody looks any more.
  public void close() {
    watching.unsubscribe();
    work.drop();
  }
}
