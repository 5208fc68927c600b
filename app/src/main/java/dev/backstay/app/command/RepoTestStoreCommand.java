package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.workflow.repository.Capability;
import dev.backstay.workflow.repository.PlaceTest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay repo test-store`.
@Command(
    name = "test-store",
    description = "Try what a repository asks of its place; remember the settings that work.")
final class RepoTestStoreCommand implements Callable<Integer> {

  private static final Sheet<Capability> SHEET =
      new Sheet<>(
          "StoreCapability",
          List.of(
              Column.of("CAPABILITY", Capability::name),
              Column.of("ANSWER", RepoTestStoreCommand::word),
              Column.of("SEEN", Capability::detail),
              Column.wide("REMEDY", Capability::remedy)),
          RepoTestStoreCommand::fields,
          Capability::name);

  @Mixin OutputOption output = new OutputOption();

  private final Wiring wiring;
  private final Access access;

  RepoTestStoreCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    RepositoryLocation location = access.location();
    PlaceTest.Report report = new PlaceTest(access.stores()).find(location);
    Printer printer = new Printer(wiring.console(), output.format);
    if (printer.forPeople()) {
      printer.list(SHEET, report.capabilities());
      say(report);
    } else {
      printer.document(document(location, report));
    }
    return (report.usable() ? ExitCode.DONE : ExitCode.FAILED).number();
  }

  private void say(PlaceTest.Report report) {
    for (Capability capability : report.capabilities()) {
      if (!capability.remedy().isEmpty()) {
        wiring.console().say(capability.name() + ": " + capability.remedy());
      }
    }
    switch (report.holds()) {
      case NOTHING -> wiring.console().say("Nothing is there yet.");
      case REPOSITORY -> wiring.console().say("There is a repository.");
      case OTHER_FILES ->
          wiring
              .console()
              .say("Other files are there: choose an empty place for a new repository.");
      case UNKNOWN -> {} // the capabilities say why
    }
    if (!report.working().named().isEmpty()) {
      wiring.console().say("Settings that work: " + options(report));
    }
  }

  private static String options(PlaceTest.Report report) {
    return report.working().named().entrySet().stream()
        .map(option -> option.getKey() + "=" + option.getValue())
        .collect(Collectors.joining(","));
  }

  private static Fields document(RepositoryLocation location, PlaceTest.Report report) {
    return Fields.ofKind("StoreTest")
        .put("location", location.text())
        .put("usable", report.usable())
        .put("holds", report.holds().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put(
            "capabilities",
            report.capabilities().stream().map(RepoTestStoreCommand::fields).toList())
        .put("options", report.working().named());
  }

  private static String word(Capability capability) {
    return capability.answer().name().toLowerCase(Locale.ROOT);
  }

  private static Fields fields(Capability capability) {
    return new Fields()
        .put("name", capability.name())
        .put("answer", word(capability))
        .put("detail", capability.detail())
        .put("remedy", capability.remedy());
  }
}
