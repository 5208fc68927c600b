package dev.backstay.app.command;

import dev.backstay.app.settings.SettingsEdit;
import dev.backstay.model.NotFoundException;
import dev.backstay.workflow.lock.ContextMark;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay context mark`.
@Command(
    name = "mark",
    description = "Mark a context as production, or no longer, in the settings file.",
    footer = {
      "",
      "What is not given stays as it is. Making a production context less protected needs its name"
          + " once more: typed when asked, or as --unlock NAME."
    })
final class ContextMarkCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "The context.")
  String name = "";

  @Option(
      names = "--production",
      negatable = true,
      description = "Read-only until unlocked by typing its name.")
  @Nullable Boolean production;

  @Option(
      names = "--backups",
      negatable = true,
      description = "Back-ups run in it although it is locked.")
  @Nullable Boolean backups;

  @Option(
      names = "--colour",
      paramLabel = "COLOUR",
      description = "Its colour in the window, such as RED or #c00000; '' for none.")
  @Nullable String colour;

  private final Wiring wiring;
  private final Access access;

  ContextMarkCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    ContextMark old = access.locks().mark(name);
    ContextMark mark =
        new ContextMark(
            name,
            Objects.requireNonNullElse(production, old.production()),
            Objects.requireNonNullElse(colour, old.colour()),
            Objects.requireNonNullElse(backups, old.backups()));
    requireKnown(mark, old);
    boolean weaker = !mark.production() || (mark.backups() && !old.backups());
    if (old.production() && weaker) {
      access.requireName(name);
    }
    new SettingsEdit(wiring.folders().settingsFile()).put(mark);
    wiring.console().say(told(mark));
    return 0;
  }

  /// A misspelt name would protect nothing.
  private void requireKnown(ContextMark mark, ContextMark old) {
    boolean known =
        access.clusters().contexts(access.kubeconfig()).contexts().stream()
            .anyMatch(context -> context.name().equals(name));
    if (!known && mark.production() && !old.production()) {
      throw new NotFoundException(
          "context.unknown",
          "there is no context " + name + " in the kubeconfigs",
          "list them with: backstay contexts");
    }
  }

  private static String told(ContextMark mark) {
    if (!mark.production()) {
      return "Context " + mark.context() + " is not production.";
    }
    return "Context "
        + mark.context()
        + " is production: read-only until unlocked"
        + (mark.backups() ? "; back-ups run without." : ".");
  }
}
