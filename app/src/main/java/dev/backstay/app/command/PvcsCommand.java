package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.Listing;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay pvcs`.
@Command(
    name = "pvcs",
    aliases = "pvc",
    description =
        "List PVCs: capacity, class, pods, whether they can be snapshotted, last restore point.")
final class PvcsCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();
  @Mixin AllNamespacesOption namespaces = new AllNamespacesOption();

  private final Wiring wiring;
  private final Access access;

  PvcsCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  /// @param last the newest restore point known on this machine that holds it
  private record Row(PvcInfo pvc, @Nullable RestorePoint last) {

    @Nullable Instant lastTime() {
      return last == null ? null : last.time();
    }
  }

  @Override
  public Integer call() {
    try (ClusterSession cluster = access.cluster();
        Engine engine = access.engine()) {
      String namespace = namespaces.all ? "" : access.namespace(cluster);
      Listing<PvcInfo> listing = cluster.pvcs(namespace);
      List<RestorePoint> known = known(engine, cluster, listing.items());
      List<Row> rows = listing.items().stream().map(pvc -> row(pvc, known)).toList();
      new Printer(wiring.console(), output.format)
          .list(sheet(wiring.clock().instant()), rows, listing.warnings());
      wiring.presenter().items("Warning", listing.warnings());
      wiring.presenter().items("Notice", engine.leftBehind(cluster.context()));
      return 0;
    }
  }

  private static List<RestorePoint> known(
      Engine engine, ClusterSession cluster, List<PvcInfo> pvcs) {
    List<RestorePoint> all = pvcs.isEmpty() ? List.of() : engine.knownRestorePoints();
    return all.isEmpty()
        ? all
        : all.stream().filter(p -> p.cluster().sameAs(cluster.identity())).toList();
  }

  private static Row row(PvcInfo pvc, List<RestorePoint> known) {
    return new Row(
        pvc,
        known.stream()
            .filter(p -> p.namespace().equals(pvc.namespace()))
            .filter(p -> p.volumes().stream().anyMatch(v -> v.pvc().equals(pvc.name())))
            .findFirst()
            .orElse(null));
  }

  private Sheet<Row> sheet(Instant now) {
    Column<Row> namespace = Column.of("NAMESPACE", r -> r.pvc().namespace());
    return new Sheet<>(
        "PersistentVolumeClaim",
        List.of(
            namespaces.all ? namespace : Column.wide("NAMESPACE", namespace.value()),
            Column.of("NAME", r -> r.pvc().name()),
            Column.of("STATUS", r -> status(r.pvc())),
            Column.amount("CAPACITY", r -> Sheets.size(r.pvc().capacity())),
            Column.of("CLASS", r -> r.pvc().storageClass()),
            Column.of("MODES", r -> String.join(",", r.pvc().accessModes())),
            Column.of("PODS", r -> String.join(",", r.pvc().pods())),
            Column.of("SNAPSHOT", r -> Sheets.word(r.pvc().snapshot())),
            Column.of("LAST RESTORE POINT", r -> last(r, now)),
            Column.wide("HOW WE KNOW", r -> r.pvc().snapshot().source()),
            Column.wide("VOLUME MODE", r -> r.pvc().volumeMode()),
            Column.wide("VOLUME", r -> r.pvc().volume()),
            Column.wide("DRIVER", r -> r.pvc().driver())),
        PvcsCommand::fields,
        r -> "persistentvolumeclaim/" + r.pvc().name());
  }

  private static String status(PvcInfo pvc) {
    return pvc.phase() + (pvc.unfinishedRestore().isEmpty() ? "" : ", half restored");
  }

  private static String last(Row row, Instant now) {
    RestorePoint last = row.last();
    return last == null ? "none" : last.shortId() + " (" + Sheets.age(last.time(), now) + " ago)";
  }

  private static Fields fields(Row row) {
    PvcInfo pvc = row.pvc();
    return new Fields()
        .put("namespace", pvc.namespace())
        .put("name", pvc.name())
        .put("temporary", pvc.temporary())
        .put(
            "unfinishedRestore", pvc.unfinishedRestore().isEmpty() ? null : pvc.unfinishedRestore())
        .put("uid", pvc.uid())
        .put("status", pvc.phase())
        .put("requested", Sheets.sizeOrNull(pvc.requested()))
        .put("capacity", Sheets.sizeOrNull(pvc.capacity()))
        .put("storageClass", pvc.storageClass())
        .put("accessModes", pvc.accessModes())
        .put("volumeMode", pvc.volumeMode())
        .put("volume", pvc.volume())
        .put("driver", pvc.driver())
        .put("pods", pvc.pods())
        .put("snapshot", ClassesCommand.ability(pvc.snapshot()))
        .put("volumeSnapshotClass", ClassesCommand.choice(pvc.snapshotClass()))
        .put("lastRestorePoint", row.last() == null ? null : row.last().id())
        .put("lastRestorePointTime", row.lastTime());
  }
}
