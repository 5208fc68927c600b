package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.ContextInfo;
import dev.backstay.workflow.cluster.ContextListing;
import dev.backstay.workflow.lock.ContextMark;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay contexts`.
@Command(
    name = "contexts",
    description = "List every context of the kubeconfigs. Contacts nothing and runs nothing.")
final class ContextsCommand implements Callable<Integer> {

  /// A context and what is declared of it.
  private record Row(ContextInfo context, ContextMark mark) {
    String production() {
      return mark.backups() ? "yes, backups allowed" : "yes";
    }
  }

  private static final Sheet<Row> SHEET =
      new Sheet<>(
          "Context",
          List.of(
              Column.of("CURRENT", row -> Sheets.mark(row.context().current())),
              Column.of("NAME", row -> row.context().name()),
              Column.of("PRODUCTION", row -> row.mark().production() ? row.production() : ""),
              Column.of("CLUSTER", row -> row.context().cluster()),
              Column.of("USER", row -> row.context().user()),
              Column.of("NAMESPACE", row -> row.context().namespace()),
              Column.of("SERVER", row -> row.context().server()),
              Column.wide("FILE", row -> row.context().file()),
              Column.wide("RUNS", row -> row.context().program()),
              Column.wide("PROBLEMS", row -> String.join("; ", row.context().problems()))),
          ContextsCommand::fields,
          row -> row.context().name());

  @Mixin OutputOption output = new OutputOption();

  private final Wiring wiring;
  private final Access access;

  ContextsCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    ContextListing listing = access.clusters().contexts(access.kubeconfig());
    new Printer(wiring.console(), output.format).list(SHEET, rows(listing), listing.problems());
    wiring.presenter().items("Warning", listing.problems());
    boolean unread = listing.contexts().isEmpty() && !listing.problems().isEmpty();
    return (unread ? ExitCode.USAGE : ExitCode.DONE).number();
  }

  private List<Row> rows(ContextListing listing) {
    return listing.contexts().stream()
        .map(context -> new Row(context, access.locks().mark(context.name())))
        .toList();
  }

  private static Fields fields(Row row) {
    ContextInfo context = row.context();
    return new Fields()
        .put("name", context.name())
        .put("current", context.current())
        .put("cluster", context.cluster())
        .put("server", context.server())
        .put("user", context.user())
        .put("namespace", context.namespace())
        .put("file", context.file())
        .put("program", context.program())
        .put("insecure", context.insecure())
        .put("production", row.mark().production())
        .put("backups", row.mark().backups())
        .put("colour", row.mark().colour())
        .put("problems", context.problems());
  }
}
