package dev.backstay.app.command;

import dev.backstay.app.output.DocumentStream;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.Difference.Kind;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay repo diff`.
@Command(
    name = "diff",
    description = "Show what differs between two snapshots: what has become of A in B.",
    footer = {
      "",
      "It ends with 0 whether they differ or not; '-o json' says it in the field 'same'."
    })
final class RepoDiffCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  @Parameters(
      index = "0",
      paramLabel = "A[:/path]",
      description = "Beginning of an id, or 'latest'.")
  String before = "";

  @Parameters(index = "1", paramLabel = "B[:/path]", description = "The other one.")
  String after = "";

  @Option(names = "--metadata", description = "Files too of which only metadata differs.")
  boolean metadata;

  private final Wiring wiring;
  private final Access access;

  RepoDiffCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    SnapshotPath right = SnapshotPath.parse(after);
    SnapshotPath left = SnapshotPath.parse(before).at(right.path());
    try (RepositorySession session = access.repository()) {
      String a = session.snapshot(left.id()).id();
      String b = session.snapshot(right.id()).id();
      Printer printer = new Printer(wiring.console(), output.format);
      Fields head =
          Fields.ofKind("Comparison").put("before", a).put("after", b).put("path", left.path());
      ChangeCounts counts = new ChangeCounts();
      boolean structured = output.format == OutputFormat.JSON || output.format == OutputFormat.YAML;
      DocumentStream document = printer.stream(head);
      Consumer<Change> sink =
          change -> {
            counts.add(change);
            if (structured) {
              document.item(ChangeListing.fields(change, null));
            } else {
              printer.line(printer.forPeople() ? ChangeListing.line(change) : change.path());
            }
          };
      compare(session, a, b, left.path(), sink);
      if (structured) {
        document.end(new Fields().put("same", counts.none()).put("counts", counts.fields()));
      } else if (printer.forPeople()) {
        wiring.console().say((counts.none() ? "No differences" : counts.sentence()) + ".");
      }
      return 0;
    }
  }

  private void compare(
      RepositorySession session, String a, String b, String path, Consumer<Change> sink) {
    MeteredWork.quiet(
        wiring,
        cancel ->
            new Browsing(session)
                .differences(
                    a,
                    b,
                    path,
                    metadata,
                    difference -> {
                      if (metadata || difference.kind() != Kind.METADATA_ONLY) {
                        sink.accept(Change.of(difference));
                      }
                    },
                    cancel));
  }
}
