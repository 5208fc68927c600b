package dev.backstay.app.command;

import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay version`.
@Command(name = "version", description = "Print the version of Backstay and of its Java.")
final class VersionCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  private final Wiring wiring;

  VersionCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() {
    Printer printer = new Printer(wiring.console(), output.format);
    if (printer.forPeople()) {
      printer.line("backstay " + Version.backstay());
    } else {
      printer.document(
          Fields.ofKind("Version")
              .put("version", Version.backstay())
              .put("java", Runtime.version().toString())
              .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
    }
    return 0;
  }
}
