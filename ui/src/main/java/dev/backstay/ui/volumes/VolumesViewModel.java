package dev.backstay.ui.volumes;

import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Listing;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.namespace.Protection;
import dev.backstay.ui.namespace.Standing;
import dev.backstay.ui.part.Load;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Every PVC and VolumeSnapshot of a cluster, in whatever namespace. For the FX thread; needs no
/// toolkit.
public final class VolumesViewModel {

  private record Answer(Listing<PvcInfo> pvcs, Listing<VolumeSnapshotInfo> snapshots) {}

  private final Desk desk;
  private final OpenCluster cluster;
  private final ObjectProperty<Load> load =
      new SimpleObjectProperty<>(new Load.Loading(Texts.of("volumes.loading")));
  private final ObservableList<VolumeRow> rows = FXCollections.observableArrayList();
  private final ObservableList<VolumeSnapshotInfo> snapshots = FXCollections.observableArrayList();
  private final ObservableList<ItemFailure> warnings = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
  private final StringProperty filter = new SimpleStringProperty("");
  private @Nullable Answer answer;
  private Work work = Work.NONE;

  public VolumesViewModel(Desk desk, OpenCluster cluster) {
    this.desk = desk;
    this.cluster = cluster;
    filter.addListener((_, _, _) -> show());
  }

  /// Asks the cluster again; what is shown stays until the answer is there.
  public void refresh() {
    work.drop();
    desk.clusters()
        .open(
            cluster,
            opened ->
                work =
                    desk.background()
                        .ask(
                            _ ->
                                new Answer(
                                    opened.session().pvcs(""),
                                    opened.session().volumeSnapshots("")),
                            this::answered,
                            this::failed),
            this::failed);
  }

  private void failed(EngineException error) {
    load.set(new Load.Failed(error));
  }

  private void answered(Answer fresh) {
    answer = fresh;
    List<ItemFailure> all = new ArrayList<>(fresh.pvcs().warnings());
    fresh.snapshots().warnings().stream().filter(Standing::worthTelling).forEach(all::add);
    warnings.setAll(all);
    show();
  }

  /// With the restore points as they are known now.
  public void show() {
    if (answer == null || cluster.standing() != OpenCluster.Standing.OPEN) {
      return;
    }
    Instant now = desk.clock().instant();
    Standing standing =
        new Standing(
            desk.points().all(), cluster.opened().identity(), answer.snapshots().items(), now);
    List<VolumeRow> all =
        answer.pvcs().items().stream().map(pvc -> VolumeRow.of(pvc, standing)).toList();
    String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
    rows.setAll(all.stream().filter(row -> row.matches(wanted)).toList());
    snapshots.setAll(answer.snapshots().items().stream().filter(s -> matches(s, wanted)).toList());
    long safe = all.stream().filter(r -> r.protection() == Protection.PROTECTED).count();
    summary.set(
        Texts.of(
            "volumes.summary",
            safe,
            Texts.count("namespace.pvcs", all.size()),
            Texts.count("volumes.snapshots", answer.snapshots().items().size())));
    load.set(Load.READY);
  }

  private static boolean matches(VolumeSnapshotInfo snapshot, String wanted) {
    return (snapshot.namespace()
            + " "
            + snapshot.name()
            + " "
            + snapshot.pvc()
            + " "
            + snapshot.snapshotClass()
            + " "
            + snapshot.owner())
        .toLowerCase(Locale.ROOT)
        .contains(wanted);
  }

  public OpenCluster cluster() {
    return cluster;
  }

  public ReadOnlyObjectProperty<Load> loadProperty() {
    return load;
  }

  public ObservableList<VolumeRow> rows() {
    return rows;
  }

  public ObservableList<VolumeSnapshotInfo> snapshots() {
    return snapshots;
  }

  public ObservableList<ItemFailure> warnings() {
    return warnings;
  }

  public ReadOnlyStringProperty summaryProperty() {
    return summary.getReadOnlyProperty();
  }

  public StringProperty filterProperty() {
    return filter;
  }

  /// Nobody looks any more.
  public void close() {
    work.drop();
  }
}
