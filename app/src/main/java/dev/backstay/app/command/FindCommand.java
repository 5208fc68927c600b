package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Printer;
import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.FindCriteria;
import dev.backstay.workflow.repository.FileInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay find`.
@Command(
    name = "find",
    description = "Find files by a pattern, in the newest restore point of each namespace.",
    footer = {
      "",
      "A pattern without '/' is about names: 'invoice-*'. With one it is about whole paths:"
          + " '/volumes/*/documents/**', '**/cache/*.png'. Quote it, so that the shell leaves it"
          + " alone."
    })
final class FindCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();
  @Mixin FindFilters filters = new FindFilters();

  @Parameters(
      paramLabel = "PATTERN",
      description = "*, ?, [a-z], {a,b} inside a name; ** for any folders.")
  String pattern = "";

  @Option(
      names = "--point",
      paramLabel = "POINT[:/path]",
      description =
          "Look into this restore point alone, or into a folder of it; 'latest' with -n and"
              + " --context.")
  String point = "";

  private final Wiring wiring;
  private final Access access;
  private final GlobalOptions options;

  FindCommand(Wiring wiring, Access access, GlobalOptions options) {
    this.wiring = wiring;
    this.access = access;
    this.options = options;
  }

  @Override
  public Integer call() {
    SnapshotPath which = SnapshotPath.parse(point);
    FindCriteria criteria = filters.criteria(pattern, which.path(), wiring.clock().instant());
    try (PointAccess points = PointAccess.open(access, options)) {
      List<RestorePoint> where =
          point.isEmpty() ? newest(points) : List.of(points.find(which.id()));
      Browsing browsing = new Browsing(points.session());
      FoundListing listing = new FoundListing(new Printer(wiring.console(), output.format));
      List<ItemFailure> damaged = new ArrayList<>();
      MeteredWork.quiet(
          wiring,
          cancel -> where.forEach(one -> find(browsing, one, criteria, listing, damaged, cancel)));
      if (listing.end(damaged) == 0) {
        wiring
            .console()
            .say("Nothing found in " + Sheets.count(where.size(), "restore point") + ".");
      }
      wiring.presenter().items("Damaged", damaged);
      return (damaged.isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL).number();
    }
  }

  /// One that is damaged hides nothing of the others.
  private void find(
      Browsing browsing,
      RestorePoint where,
      FindCriteria criteria,
      FoundListing listing,
      List<ItemFailure> damaged,
      CancelToken cancel) {
    try {
      browsing.find(where.id(), criteria, file -> told(listing, where, file), cancel);
    } catch (DamagedException e) {
      damaged.add(ItemFailure.of("restore point " + where.shortId(), e));
    }
  }

  /// Who watches sees each hit at once.
  private void told(FoundListing listing, RestorePoint where, FileInfo file) {
    listing.accept(where, file);
    if (wiring.console().terminal().out()) {
      wiring.console().flush();
    }
  }

  /// Of each namespace the one that `latest` means.
  private List<RestorePoint> newest(PointAccess points) {
    Map<List<String>, RestorePoint> newest = new LinkedHashMap<>();
    for (RestorePoint one : points.list()) {
      newest.merge(
          List.of(one.clusterId(), one.namespace()),
          one,
          (known, older) -> known.selective() && !older.selective() ? older : known);
    }
    return newest.isEmpty() ? List.of(points.find("latest")) : List.copyOf(newest.values());
  }
}
