package dev.backstay.app.command;

import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.UnsupportedException;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.repository.KnownRepository;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `backstay catalog forget`: what the window's *Forget here* does. The repository is not asked and
/// needs no password.
@Command(
    name = "forget",
    description =
        "Forget that a repository was used from here, and its password in the keychain. The"
            + " repository and its restore points stay as they are.")
final class CatalogForgetCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  @Parameters(
      paramLabel = "REPOSITORY",
      arity = "0..1",
      description = "Its place, or the beginning of its id; the chosen repository without.")
  String named = "";

  private final Wiring wiring;
  private final Access access;

  CatalogForgetCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    String wanted = named.isEmpty() ? access.location().text() : named;
    try (Engine engine = access.engine()) {
      KnownRepository found = find(engine.knownRepositories(), wanted);
      engine.forgetRepository(found.id());
      boolean password = forgetPassword(found.location());
      Printer printer = new Printer(wiring.console(), output.format);
      if (printer.forPeople()) {
        printer.line(
            "Forgot " + found.location() + (password ? " and its password" : "") + "; it stays.");
      } else {
        printer.document(
            Fields.ofKind("ForgottenRepository")
                .put("id", found.id())
                .put("repository", found.location())
                .put("passwordForgotten", password));
      }
      return 0;
    }
  }

  private static KnownRepository find(List<KnownRepository> known, String wanted) {
    List<KnownRepository> found =
        known.stream()
            .filter(r -> r.location().equals(wanted) || r.id().startsWith(wanted))
            .toList();
    if (found.isEmpty()) {
      throw new NotFoundException(
          "catalog.no-repository",
          "no repository " + wanted + " was used from here",
          "'backstay catalog list' shows those that were");
    }
    if (found.size() > 1) {
      throw new InvalidInputException(
          "catalog.ambiguous",
          found.size() + " repositories have an id that begins with " + wanted,
          "give more characters of the id, or its place");
    }
    return found.getFirst();
  }

  private boolean forgetPassword(String location) {
    try {
      wiring.secrets().remove(location);
      return true;
    } catch (NotFoundException | UnsupportedException e) {
      return false; // none was kept
    } catch (EngineException e) {
      wiring.console().say("Its password stays in the keychain: " + e.getMessage());
      return false;
    }
  }
}
