package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.repository.KnownRepository;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay catalog list`.
@Command(
    name = "list",
    description = "List the repositories that were used from this machine; asks none of them.")
final class CatalogListCommand implements Callable<Integer> {

  private static final Sheet<KnownRepository> SHEET =
      new Sheet<>(
          "KnownRepository",
          List.of(
              Column.of("ID", r -> r.id().substring(0, Math.min(8, r.id().length()))),
              Column.of("REPOSITORY", KnownRepository::location),
              Column.of("LAST READ", CatalogListCommand::read)),
          r ->
              new Fields()
                  .put("id", r.id())
                  .put("repository", r.location())
                  .put("synced", r.synced()),
          KnownRepository::id);

  @Mixin OutputOption output = new OutputOption();

  private final Wiring wiring;
  private final Access access;

  CatalogListCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  private static String read(KnownRepository repository) {
    Instant synced = repository.synced();
    return synced == null ? "" : synced.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Override
  public Integer call() {
    try (Engine engine = access.engine()) {
      new Printer(wiring.console(), output.format).list(SHEET, engine.knownRepositories());
      return 0;
    }
  }
}
