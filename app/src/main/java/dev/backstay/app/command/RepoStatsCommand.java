package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.Units;
import dev.backstay.workflow.maintenance.CountInfo;
import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import dev.backstay.workflow.maintenance.UsageInfo;
import dev.backstay.workflow.maintenance.UsageInfo.AmountsInfo;
import dev.backstay.workflow.maintenance.UsageInfo.PointUsage;
import dev.backstay.workflow.maintenance.UsageInfo.VolumeUsage;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `backstay repo stats`.
@Command(
    name = "stats",
    description = "Say how much the snapshots hold and what it takes to store it.")
final class RepoStatsCommand implements Callable<Integer> {

  private static final Sheet<PointUsage> POINTS =
      sheet(
          "SnapshotUsage",
          p -> p.snapshot().shortId() + " " + p.snapshot().time().toString().substring(0, 10),
          p -> "",
          PointUsage::amounts,
          p -> new Fields().put("snapshot", RepoSnapshotsCommand.fields(p.snapshot())),
          p -> p.snapshot().id());

  private static final Sheet<VolumeUsage> VOLUMES =
      sheet(
          "VolumeUsage",
          v -> v.namespace() + "/" + v.volume(),
          v -> String.valueOf(v.points()),
          VolumeUsage::amounts,
          v ->
              new Fields()
                  .put("namespace", v.namespace())
                  .put("volume", v.volume())
                  .put("points", v.points()),
          v -> v.namespace() + "/" + v.volume());

  @Mixin OutputOption output = new OutputOption();
  @Mixin SnapshotChoiceOptions snapshots = new SnapshotChoiceOptions();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "Count as restic does: restore-size, files-by-contents, blobs-per-file or raw-data.")
  @Nullable String mode;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "One row for each of: ${COMPLETION-CANDIDATES}.")
  @Nullable By by;

  enum By {
    point,
    volume
  }

  private final Wiring wiring;
  private final Access access;

  RepoStatsCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    String counted = mode;
    try (RepositorySession session = access.repository()) {
      RepositoryMaintenance maintenance = new RepositoryMaintenance(session);
      Printer printer = new Printer(wiring.console(), output.format);
      if (counted != null) {
        CountInfo count =
            MeteredWork.run(
                wiring,
                "trees",
                (cancel, meter) -> maintenance.count(counted, snapshots.choice(), cancel, meter));
        print(printer, count);
      } else {
        UsageInfo usage =
            MeteredWork.run(
                wiring,
                "trees",
                (cancel, meter) -> maintenance.usage(snapshots.choice(), cancel, meter));
        print(printer, usage);
      }
      return 0;
    }
  }

  /// restic's names, so that what reads its JSON reads this.
  private static void print(Printer printer, CountInfo count) {
    if (!printer.forPeople()) {
      printer.document(
          Fields.ofKind("RepositoryCount")
              .put("mode", count.mode())
              .put("total_size", count.bytes())
              .put("total_uncompressed_size", count.uncompressed())
              .put("compression_ratio", count.ratio())
              .put("compression_progress", count.progress())
              .put("compression_space_saving", count.saving())
              .put("total_file_count", count.files())
              .put("total_blob_count", count.blobs())
              .put("snapshots_count", count.snapshots()));
      return;
    }
    List<String> parts = new ArrayList<>();
    parts.add(Sheets.count((int) count.snapshots(), "snapshot"));
    parts.add(Units.bytes(count.bytes()));
    if (count.files() > 0) {
      parts.add(Units.count(count.files()) + " files");
    }
    if (count.blobs() > 0) {
      parts.add(Units.count(count.blobs()) + " blobs");
    }
    if (count.ratio() > 0) {
      parts.add("compressed " + ratio(count.ratio()));
    }
    printer.line(count.mode() + ": " + String.join(", ", parts));
  }

  private void print(Printer printer, UsageInfo usage) {
    if (by == By.point) {
      printer.list(POINTS, usage.points());
    } else if (by == By.volume) {
      printer.list(VOLUMES, usage.volumes());
    } else if (printer.forPeople()) {
      total(usage).forEach(printer::line);
    } else {
      printer.document(document(usage));
    }
  }

  static Fields document(UsageInfo usage) {
    return Fields.ofKind("RepositoryUsage")
        .put("total", fields(usage.total()))
        .put("packs", usage.packs())
        .put("points", usage.points().stream().map(p -> POINTS.fields().apply(p)).toList())
        .put("volumes", usage.volumes().stream().map(v -> VOLUMES.fields().apply(v)).toList());
  }

  private static List<String> total(UsageInfo usage) {
    AmountsInfo total = usage.total();
    return List.of(
        "Snapshots   " + usage.points().size(),
        "Files       " + Units.count(total.files()),
        "Logical     " + Units.bytes(total.logical()) + " that restores of all would write",
        "Unique      " + Units.bytes(total.unique()) + " of them differ",
        "Stored      " + Units.bytes(total.stored()) + ", compressed " + ratio(total.compression()),
        "Packs       " + Units.bytes(usage.packs()) + " with what no snapshot needs any more",
        "Blobs       "
            + Units.count(total.dataBlobs())
            + " of files, "
            + Units.count(total.treeBlobs())
            + " of folders");
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f×", ratio);
  }

  private static <T> Sheet<T> sheet(
      String kind,
      Function<T, String> title,
      Function<T, String> points,
      Function<T, AmountsInfo> amounts,
      Function<T, Fields> fields,
      Function<T, String> name) {
    return new Sheet<>(
        kind,
        List.of(
            Column.of("WHAT", title),
            Column.amount("POINTS", points),
            Column.amount("FILES", t -> String.valueOf(amounts.apply(t).files())),
            Column.amount("LOGICAL", t -> Units.bytes(amounts.apply(t).logical())),
            Column.amount("UNIQUE", t -> Units.bytes(amounts.apply(t).unique())),
            Column.amount("STORED", t -> Units.bytes(amounts.apply(t).stored())),
            Column.amount("OWN", t -> Units.bytes(amounts.apply(t).own())),
            Column.amount("RATIO", t -> ratio(amounts.apply(t).compression()))),
        t -> fields.apply(t).put("amounts", fields(amounts.apply(t))),
        name);
  }

  private static Fields fields(AmountsInfo a) {
    return new Fields()
        .put("files", a.files())
        .put("logical", a.logical())
        .put("unique", a.unique())
        .put("stored", a.stored())
        .put("own", a.own())
        .put("dataBlobs", a.dataBlobs())
        .put("treeBlobs", a.treeBlobs())
        .put("compression", a.compression());
  }
}
