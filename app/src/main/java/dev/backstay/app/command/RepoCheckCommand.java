package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.Units;
import dev.backstay.workflow.repository.CheckInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `backstay repo check`.
@Command(name = "check", description = "Verify that everything in the repository can be restored.")
final class RepoCheckCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--read-data", description = "Read and verify every pack too.")
  boolean readData;

  @Option(
      names = "--read-data-subset",
      paramLabel = "PART",
      description = "Read and verify some packs: 2/7 (part 2 of 7), 2.5%% or 500M by chance.")
  @Nullable String subset;

  private final Wiring wiring;
  private final Access access;

  RepoCheckCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    String part = subset;
    if (readData && part != null) {
      throw new InvalidInputException(
          "check.two-subsets",
          "--read-data and --read-data-subset cannot be used together",
          "leave one of them out");
    }
    try (RepositorySession session = access.repository()) {
      CheckInfo info =
          MeteredWork.run(
              wiring,
              "check",
              (cancel, meter) ->
                  part == null
                      ? session.check(readData, cancel, meter)
                      : session.check(part, cancel, meter));
      Printer printer = new Printer(wiring.console(), output.format);
      if (printer.forPeople()) {
        printer.line(sentence(info));
      } else {
        printer.document(fields(info));
      }
      wiring.presenter().items("Hint", info.hints());
      wiring.presenter().items("Damaged", info.damage());
      return (info.sound() ? ExitCode.DONE : ExitCode.FAILED).number();
    }
  }

  private static String sentence(CheckInfo info) {
    return (info.sound() ? "Sound: " : "Damaged: ")
        + Units.count(info.snapshots())
        + " snapshots, "
        + Units.count(info.trees())
        + " trees, "
        + Units.count(info.blobs())
        + " blobs, "
        + Units.count(info.packs())
        + " packs, "
        + Units.bytes(info.bytesRead())
        + " read";
  }

  private static Fields fields(CheckInfo info) {
    return Fields.ofKind("RepositoryCheck")
        .put("sound", info.sound())
        .put("snapshots", info.snapshots())
        .put("trees", info.trees())
        .put("blobs", info.blobs())
        .put("packs", info.packs())
        .put("bytesRead", info.bytesRead())
        .put("damage", info.damage())
        .put("hints", info.hints());
  }
}
