package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.Listing;
import dev.backstay.model.NamespaceInfo;
import dev.backstay.workflow.cluster.ClusterSession;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay namespaces`.
@Command(name = "namespaces", aliases = "ns", description = "List the namespaces of a context.")
final class NamespacesCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  private final Wiring wiring;
  private final Access access;
  private final GlobalOptions options;

  NamespacesCommand(Wiring wiring, Access access, GlobalOptions options) {
    this.wiring = wiring;
    this.access = access;
    this.options = options;
  }

  @Override
  public Integer call() {
    try (ClusterSession cluster = access.cluster()) {
      List<String> pinned = options.namespace == null ? List.of() : List.of(options.namespace);
      Listing<NamespaceInfo> listing = cluster.namespaces(pinned);
      new Printer(wiring.console(), output.format)
          .list(sheet(wiring.clock().instant()), listing.items(), listing.warnings());
      wiring.presenter().items("Warning", listing.warnings());
      return 0;
    }
  }

  private static Sheet<NamespaceInfo> sheet(Instant now) {
    return new Sheet<>(
        "Namespace",
        List.of(
            Column.of("NAME", NamespaceInfo::name),
            Column.of("STATUS", NamespaceInfo::phase),
            Column.of("AGE", n -> Sheets.age(n.created(), now)),
            Column.wide("KNOWN FROM", NamespacesCommand::origin)),
        n ->
            new Fields()
                .put("name", n.name())
                .put("status", n.phase())
                .put("created", n.created())
                .put("knownFrom", origin(n)),
        NamespaceInfo::name);
  }

  private static String origin(NamespaceInfo namespace) {
    return namespace.origin().name().toLowerCase(Locale.ROOT);
  }
}
