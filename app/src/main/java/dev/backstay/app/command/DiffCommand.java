package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Printer;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.browse.ManifestView;
import dev.backstay.workflow.cluster.ClusterSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay diff`.
@Command(
    name = "diff",
    description = "Show what differs between two restore points, or from what is live.",
    footer = {
      "",
      "diff POINT OTHER [PATH]: what has become of POINT in OTHER. diff POINT --live [PATH]: what"
          + " has become of its manifests in the cluster; files in volumes are not compared with"
          + " it. For one text file or manifest it is a unified diff. It ends with 0 whether they"
          + " differ or not; '-o json' says it in the field 'same'."
    })
final class DiffCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  @Parameters(
      index = "0",
      paramLabel = "POINT[:/path]",
      description = "Beginning of a restore point's id, or 'latest' (with -n, --context).")
  String point = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OTHER",
      description = "The other restore point; left out with --live.")
  String other = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "PATH",
      description = "A file or folder, if it does not stand behind POINT.")
  String path = "";

  @Option(
      names = "--live",
      description = "Compare with the cluster: the context of the restore point, or --context.")
  boolean live;

  @Option(
      names = "--noise",
      description =
          "Also what servers keep by themselves (status, managedFields, resourceVersion, …), and"
              + " /backstay.json.")
  boolean noise;

  @Option(names = "--show-secrets", description = "Show the values of Secrets.")
  boolean showSecrets;

  private final Wiring wiring;
  private final Access access;
  private final GlobalOptions options;

  DiffCommand(Wiring wiring, Access access, GlobalOptions options) {
    this.wiring = wiring;
    this.access = access;
    this.options = options;
  }

  @Override
  public Integer call() {
    if (live ? !path.isEmpty() : other.isEmpty()) {
      throw new InvalidInputException(
          "diff.usage",
          live ? "--live takes one restore point" : "there is nothing to compare with",
          "give another restore point, or --live");
    }
    ChangeListing listing =
        new ChangeListing(wiring.console(), new Printer(wiring.console(), output.format));
    try (PointAccess points = PointAccess.open(access, options)) {
      List<ItemFailure> failures = live ? live(points, listing) : points(points, listing);
      wiring.presenter().items("Failed", failures);
      return (failures.isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL).number();
    }
  }

  private List<ItemFailure> points(PointAccess points, ChangeListing listing) {
    SnapshotPath second = SnapshotPath.parse(other, path);
    SnapshotPath which = SnapshotPath.parse(point).at(second.path());
    PointDiff diff =
        new PointDiff(
            points.session(), points.find(which.id()), points.find(second.id()), view(), listing);
    MeteredWork.quiet(wiring, cancel -> diff.run(which.path(), cancel));
    diff.remark().ifPresent(wiring.console()::say);
    listing.end(diff.head(which.path()), List.of());
    return List.of();
  }

  private List<ItemFailure> live(PointAccess points, ChangeListing listing) {
    SnapshotPath which = SnapshotPath.parse(point, other);
    RestorePoint found = points.find(which.id());
    String context = options.context == null ? found.context() : options.context;
    try (ClusterSession cluster = access.cluster(context)) {
      LiveDiff diff = new LiveDiff(points.session(), found, cluster, view(), listing);
      List<ItemFailure> failures = new ArrayList<>();
      MeteredWork.quiet(wiring, cancel -> failures.addAll(diff.run(which.path(), cancel)));
      diff.remarks().forEach(wiring.console()::say);
      listing.end(diff.head(which.path()), failures);
      return failures;
    }
  }

  private ManifestView view() {
    return new ManifestView(noise, showSecrets);
  }
}
