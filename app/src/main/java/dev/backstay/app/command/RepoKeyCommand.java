package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.workflow.maintenance.KeyView;
import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import dev.backstay.workflow.repository.RepositorySession;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `backstay repo key`: the passwords of the repository.
@Command(
    name = "key",
    description = "List, add, remove and change the passwords of the repository.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "All passwords open the same master key. To change that, copy into a new repository:",
      "  backstay -r NEW repo init --from-repo OLD --copy-chunker-params",
      "  backstay -r NEW repo copy --from-repo OLD"
    })
final class RepoKeyCommand implements Runnable {

  private static final Sheet<KeyView> SHEET =
      new Sheet<>(
          "Key",
          List.of(
              Column.of("CURRENT", key -> Sheets.mark(key.current())),
              Column.of("ID", key -> key.id().substring(0, 8)),
              Column.of("USER", KeyView::username),
              Column.of("HOST", KeyView::hostname),
              Column.of("CREATED", RepoKeyCommand::created),
              Column.of("DAMAGE", KeyView::damage)),
          RepoKeyCommand::fields,
          KeyView::id);

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  private static String created(KeyView key) {
    var created = key.created();
    return created == null ? "" : created.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Fields fields(KeyView key) {
    return new Fields()
        .put("id", key.id())
        .put("current", key.current())
        .put("username", key.username())
        .put("hostname", key.hostname())
        .put("created", key.created())
        .put("damage", key.damage());
  }

  private static void print(Wiring wiring, OutputFormat format, String id, String sentence) {
    Printer printer = new Printer(wiring.console(), format);
    if (printer.forPeople()) {
      printer.line(sentence);
    } else if (format == OutputFormat.NAME) {
      printer.line(id);
    } else {
      printer.document(Fields.ofKind("Key").put("id", id));
    }
  }

  /// `backstay repo key list`.
  @Command(name = "list", description = "List the keys: one for each password.")
  static final class ListKeys implements Callable<Integer> {

    @Mixin OutputOption output = new OutputOption();
    private final Wiring wiring;
    private final Access access;

    ListKeys(Wiring wiring, Access access) {
      this.wiring = wiring;
      this.access = access;
    }

    @Override
    public Integer call() {
      try (RepositorySession session = access.repository()) {
        List<KeyView> keys = new RepositoryMaintenance(session).keys();
        new Printer(wiring.console(), output.format).list(SHEET, keys);
        return 0;
      }
    }
  }

  /// `backstay repo key add`.
  @Command(name = "add", description = "Add a password.")
  static final class Add implements Callable<Integer> {

    @Mixin OutputOption output = new OutputOption();
    @Mixin NewPasswordOptions fresh = new NewPasswordOptions();
    private final Wiring wiring;
    private final Access access;

    Add(Wiring wiring, Access access) {
      this.wiring = wiring;
      this.access = access;
    }

    @Override
    public Integer call() {
      try (RepositorySession session = access.repository();
          Secret password = access.newPassword(session.location(), fresh)) {
        String id =
            MeteredWork.soonDone(
                wiring,
                cancel ->
                    new RepositoryMaintenance(session)
                        .addKey(password, fresh.user, fresh.host, cancel));
        print(wiring, output.format, id, "Key " + id.substring(0, 8) + " added.");
        return 0;
      }
    }
  }

  /// `backstay repo key remove`.
  @Command(name = "remove", description = "Remove a password; never the one that is in use.")
  static final class Remove implements Callable<Integer> {

    @Mixin OutputOption output = new OutputOption();

    @Parameters(paramLabel = "ID", description = "Beginning of a key's id.")
    String id = "";

    private final Wiring wiring;
    private final Access access;

    Remove(Wiring wiring, Access access) {
      this.wiring = wiring;
      this.access = access;
    }

    @Override
    public Integer call() {
      try (RepositorySession session = access.repository()) {
        String removed =
            MeteredWork.soonDone(
                wiring, cancel -> new RepositoryMaintenance(session).removeKey(id, cancel));
        print(wiring, output.format, removed, "Key " + removed.substring(0, 8) + " removed.");
        return 0;
      }
    }
  }

  /// `backstay repo key passwd`.
  @Command(name = "passwd", description = "Change the password.")
  static final class Change implements Callable<Integer> {

    @Mixin OutputOption output = new OutputOption();
    @Mixin NewPasswordOptions fresh = new NewPasswordOptions();
    private final Wiring wiring;
    private final Access access;

    Change(Wiring wiring, Access access) {
      this.wiring = wiring;
      this.access = access;
    }

    @Override
    public Integer call() {
      try (RepositorySession session = access.repository();
          Secret password = access.newPassword(session.location(), fresh)) {
        String id =
            MeteredWork.soonDone(
                wiring,
                cancel ->
                    new RepositoryMaintenance(session)
                        .changePassword(password, fresh.user, fresh.host, cancel));
        print(
            wiring,
            output.format,
            id,
            "Password changed; the key is now " + id.substring(0, 8) + ".");
        keep(session.location(), password);
        return 0;
      }
    }

    /// A keychain that has the old one would open nothing any more.
    private void keep(RepositoryLocation location, Secret password) {
      try {
        if (wiring.secrets().find(location.text()).isPresent()) {
          wiring.secrets().keep(location.text(), password);
        }
      } catch (EngineException e) {
        String message = "it still has the password of before: " + e.getMessage();
        wiring
            .presenter()
            .items("Warning", List.of(new ItemFailure("keychain", e.code(), message, e.remedy())));
      }
    }
  }
}
