package dev.backstay.app.command;

import dev.backstay.app.output.Fields;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `backstay repo init`.
@Command(name = "init", description = "Make a new repository.")
final class RepoInitCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--keep-password",
      description = "Keep the password in the keychain of this session.")
  boolean keepPassword;

  @Mixin FromOptions from = new FromOptions();

  @Option(
      names = "--copy-chunker-params",
      description = "Cut files as the repository of --from-repo does, for copies between the two.")
  boolean copyChunkerParams;

  private final Wiring wiring;
  private final Access access;

  RepoInitCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    if (from.given() && !copyChunkerParams) {
      throw new InvalidInputException(
          "init.unused-source",
          "nothing is taken from another repository without --copy-chunker-params",
          "add --copy-chunker-params to cut files as that repository does, or leave out --from-…");
    }
    RepositoryLocation location = access.location();
    try (Secret password = access.password(location, true);
        RepositorySession session = init(location, password)) {
      if (keepPassword) {
        wiring.secrets().keep(location.text(), password);
      }
      print(session);
      return 0;
    }
  }

  private RepositorySession init(RepositoryLocation location, Secret password) {
    if (!copyChunkerParams) {
      return RepositorySession.init(location, password, access.stores());
    }
    try (RepositorySession like = access.repository(from)) {
      return RepositorySession.init(location, password, access.stores(), like);
    }
  }

  private void print(RepositorySession session) {
    Printer printer = new Printer(wiring.console(), output.format);
    if (printer.forPeople()) {
      printer.line("Repository " + session.id().substring(0, 8) + " made in " + session.location());
      wiring.console().say("Keep the password safe: without it nobody can read the repository.");
    } else if (output.format == OutputFormat.NAME) {
      printer.line(session.id());
    } else {
      printer.document(
          Fields.ofKind("Repository")
              .put("id", session.id())
              .put("location", session.location().text()));
    }
  }
}
