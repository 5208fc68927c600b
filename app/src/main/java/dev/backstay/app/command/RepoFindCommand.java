package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Printer;
import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.browse.SearchReport;
import dev.backstay.workflow.browse.SnapshotBrowsing;
import dev.backstay.workflow.browse.SnapshotHit;
import dev.backstay.workflow.browse.SnapshotQuery;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.SnapshotInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay repo find`.
@Command(
    name = "find",
    description = "Find files by a pattern in all snapshots, newest first.",
    footer = {
      "",
      "A pattern is about any part of a path unless it begins with '/', and what is below a match"
          + " is a match, as in restic. Snapshots are indexed on this machine when several are"
          + " searched, so that the next search is quick."
    })
final class RepoFindCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();
  @Mixin SnapshotFilter filter = new SnapshotFilter();
  @Mixin FindFilters filters = new FindFilters();

  @Parameters(
      paramLabel = "PATTERN",
      description = "*, ?, [a-z], {a,b} inside a name; ** for any folders.")
  String pattern = "";

  @Option(
      names = {"-s", "--snapshot"},
      paramLabel = "ID",
      description = "Only in this snapshot; may be repeated.")
  List<String> snapshots = new ArrayList<>();

  @Option(
      names = {"-i", "--ignore-case"},
      description = "Whatever the case of letters.")
  boolean ignoreCase;

  @Option(names = "--regex", description = "PATTERN is a regular expression, anywhere in the path.")
  boolean regex;

  @Option(
      names = {"-l", "--long"},
      description = "Mode, owner, size and time too.")
  boolean longer;

  @Option(names = "--indexed-only", description = "Leave out snapshots that are not indexed.")
  boolean indexedOnly;

  private final Wiring wiring;
  private final Access access;

  RepoFindCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    SnapshotQuery.Kind kind = regex ? SnapshotQuery.Kind.REGEX : SnapshotQuery.Kind.GLOB;
    SnapshotQuery query = filters.query(pattern, kind, ignoreCase, wiring.clock().instant());
    try (RepositorySession session = access.repository()) {
      List<SnapshotInfo> where = where(session);
      HitListing listing = new HitListing(new Printer(wiring.console(), output.format), longer);
      List<SearchReport> reports = new ArrayList<>();
      MeteredWork.quiet(
          wiring,
          cancel ->
              reports.add(
                  new SnapshotBrowsing(session)
                      .find(
                          where.stream().map(SnapshotInfo::id).toList(),
                          query,
                          indexedOnly,
                          hit -> told(listing, hit),
                          cancel)));
      return end(listing, reports.getFirst(), where.size());
    }
  }

  private List<SnapshotInfo> where(RepositorySession session) {
    return snapshots.isEmpty()
        ? filter.list(session)
        : snapshots.stream().map(id -> filter.find(session, id)).toList();
  }

  /// Who watches sees each hit at once.
  private void told(HitListing listing, SnapshotHit hit) {
    listing.accept(hit);
    if (wiring.console().terminal().out()) {
      wiring.console().flush();
    }
  }

  private int end(HitListing listing, SearchReport report, int searched) {
    if (listing.end(report) == 0) {
      wiring.console().say("Nothing found in " + Sheets.count(searched, "snapshot") + ".");
    }
    if (indexedOnly && !report.unindexed().isEmpty()) {
      wiring
          .console()
          .say(
              "Left out, not indexed: "
                  + String.join(
                      ", ", report.unindexed().stream().map(id -> id.substring(0, 8)).toList()));
    }
    List<ItemFailure> damaged = report.failures();
    wiring.presenter().items("Damaged", damaged);
    return (damaged.isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL).number();
  }
}
