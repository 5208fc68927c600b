package dev.backstay.workflow.repository;

import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.repository.check.CheckFinding;
import dev.backstay.repository.check.CheckFinding.Severity;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotSummary;
import dev.backstay.repository.tree.Node;
import java.util.List;
import java.util.stream.Collectors;

/// The repository's records as those above may see them.
final class Shown {

  private static final int NAMED = 10;

  private Shown() {}

  static SnapshotInfo snapshot(Snapshot snapshot) {
    SnapshotSummary summary = snapshot.summary();
    return new SnapshotInfo(
        snapshot.id(),
        snapshot.time(),
        snapshot.hostname(),
        snapshot.username(),
        snapshot.paths(),
        snapshot.tags(),
        snapshot.programVersion(),
        summary == null ? -1 : summary.totalFilesProcessed(),
        summary == null ? -1 : summary.totalBytesProcessed());
  }

  static FileInfo file(FilePath path, Node node) {
    return new FileInfo(node.entry(path), node.user(), node.group(), node.content().size());
  }

  static CheckInfo check(CheckReport report) {
    return new CheckInfo(
        report.sound(),
        report.snapshots(),
        report.trees(),
        report.blobs(),
        report.packs(),
        report.bytesRead(),
        findings(report, Severity.ERROR),
        findings(report, Severity.HINT));
  }

  private static List<ItemFailure> findings(CheckReport report, Severity severity) {
    return report.findings().stream()
        .filter(finding -> finding.severity() == severity)
        .map(Shown::failure)
        .toList();
  }

  private static ItemFailure failure(CheckFinding finding) {
    return new ItemFailure(
        finding.file(), finding.code(), finding.message() + affected(finding), finding.remedy());
  }

  private static String affected(CheckFinding finding) {
    if (finding.affected().isEmpty()) {
      return "";
    }
    long more = finding.more() + Math.max(0, finding.affected().size() - NAMED);
    return "; affects "
        + finding.affected().stream()
            .limit(NAMED)
            .map(CheckFinding.Affected::toString)
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
