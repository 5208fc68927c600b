package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.model.Units;
import dev.backstay.workflow.repository.CheckInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `backstay repo check`.
@Command(name = "check", description = "Verify that everything in the repository can be restored.")
final class RepoCheckCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--read-data", description = "Read and verify every pack too.")
  boolean readData;

  private final Wiring wiring;
  private final Access access;

  RepoCheckCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (RepositorySession session = access.repository()) {
      CheckInfo info =
          MeteredWork.run(
              wiring, "check", (cancel, meter) -> session.check(readData, cancel, meter));
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
