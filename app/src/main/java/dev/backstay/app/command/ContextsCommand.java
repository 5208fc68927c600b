package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.ContextInfo;
import dev.backstay.workflow.cluster.ContextListing;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay contexts`.
@Command(
    name = "contexts",
    description = "List every context of the kubeconfigs. Contacts nothing and runs nothing.")
final class ContextsCommand implements Callable<Integer> {

  private static final Sheet<ContextInfo> SHEET =
      new Sheet<>(
          "Context",
          List.of(
              Column.of("CURRENT", c -> Sheets.mark(c.current())),
              Column.of("NAME", ContextInfo::name),
              Column.of("CLUSTER", ContextInfo::cluster),
              Column.of("USER", ContextInfo::user),
              Column.of("NAMESPACE", ContextInfo::namespace),
              Column.of("SERVER", ContextInfo::server),
              Column.wide("FILE", ContextInfo::file),
              Column.wide("RUNS", ContextInfo::program),
              Column.wide("PROBLEMS", c -> String.join("; ", c.problems()))),
          ContextsCommand::fields,
          ContextInfo::name);

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
    new Printer(wiring.console(), output.format)
        .list(SHEET, listing.contexts(), listing.problems());
    wiring.presenter().items("Warning", listing.problems());
    boolean unread = listing.contexts().isEmpty() && !listing.problems().isEmpty();
    return (unread ? ExitCode.USAGE : ExitCode.DONE).number();
  }

  private static Fields fields(ContextInfo context) {
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
        .put("problems", context.problems());
  }
}
