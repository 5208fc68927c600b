package dev.backstay.app.command;

import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `backstay catalog`.
@Command(
    name = "catalog",
    description =
        "Look after the catalog, this machine's memory of repositories: list, rebuild, forget.",
    synopsisSubcommandLabel = "COMMAND")
final class CatalogCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /// `backstay catalog rebuild`.
  @Command(
      name = "rebuild",
      description = "Read the restore points of the repository again. Loses nothing but doubt.")
  static final class Rebuild implements Callable<Integer> {

    @Mixin OutputOption output = new OutputOption();

    private final Wiring wiring;
    private final Access access;

    Rebuild(Wiring wiring, Access access) {
      this.wiring = wiring;
      this.access = access;
    }

    @Override
    public Integer call() {
      try (RepositorySession session = access.repository();
          Engine engine = access.engine()) {
        int count = engine.restorePoints(session).rebuild();
        Printer printer = new Printer(wiring.console(), output.format);
        if (printer.forPeople()) {
          printer.line(count + " restore points in " + session.location());
        } else {
          printer.document(
              Fields.ofKind("CatalogRebuild")
                  .put("repository", session.location())
                  .put("restorePoints", count));
        }
        return 0;
      }
    }
  }
}
