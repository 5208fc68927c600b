package dev.backstay.app.command;

import dev.backstay.app.secret.Passwords;
import dev.backstay.app.settings.LiveMarks;
import dev.backstay.app.settings.Settings;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.model.StoreNotice;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.EngineSettings;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.Clusters;
import dev.backstay.workflow.cluster.ContextRequest;
import dev.backstay.workflow.lock.ContextId;
import dev.backstay.workflow.lock.ContextLocks;
import dev.backstay.workflow.lock.ContextMarks;
import dev.backstay.workflow.lock.JobNeeds;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.StoreAccess;
import dev.backstay.workflow.repository.StoreNotices;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Opens what a command needs, as the options, the environment and the settings say. Whoever opens
/// closes.
final class Access {

  private final Wiring wiring;
  private final GlobalOptions options;
  private @Nullable Settings settings;
  private @Nullable ContextLocks locks;

  Access(Wiring wiring, GlobalOptions options) {
    this.wiring = wiring;
    this.options = options;
  }

  EngineSettings engineSettings() {
    return new EngineSettings(
        wiring.folders().data(),
        wiring.folders().state(),
        wiring.folders().cache(),
        settings().extend(wiring.environment()),
        wiring.clock(),
        settings().mover(),
        marks(),
        stores());
  }

  /// How the stores of repositories are reached.
  StoreAccess stores() {
    StoreNotices notices = new StoreNotices();
    notices.listen(this::say);
    return new StoreAccess(
        wiring.environment(),
        wiring.folders().cache(),
        wiring.folders().state(),
        new StoreChoices(options, wiring.environment(), settings()),
        wiring.clock(),
        notices);
  }

  /// What gave up says so by its error.
  private void say(StoreNotice notice) {
    if (notice.state() != StoreNotice.State.GIVEN_UP) {
      wiring.console().say(notice.text());
    }
  }

  /// As they stood when this command first asked.
  private Settings settings() {
    if (settings == null) {
      settings = wiring.settings();
    }
    return settings;
  }

  private ContextMarks marks() {
    return new LiveMarks(wiring.folders().settingsFile(), settings().contexts());
  }

  /// Which contexts are read-only; for the engine and for sessions that are opened without it.
  ContextLocks locks() {
    if (locks == null) {
      locks = new ContextLocks(marks(), wiring.clock(), ContextLocks.LAPSE);
    }
    return locks;
  }

  /// Asks to type the context's name where it is too locked for what the command is about to do,
  /// and somebody can be asked. Where not, the plan says so.
  void unlockFor(JobNeeds needs, ClusterSession cluster, PlanOptions planning) {
    boolean refused = locks().refusal(cluster.id(), needs).isPresent();
    if (refused && !planning.onlyPlan() && wiring.prompt().possible()) {
      askName(cluster.id());
    }
  }

  /// For what makes a production context less protected: needs its name, typed or given.
  void requireName(String context) {
    if (options.unlock != null) {
      locks().unlock(ContextId.of(context), options.unlock);
    } else if (wiring.prompt().possible()) {
      askName(ContextId.of(context));
    } else {
      throw new InvalidInputException(
          "context.needs-name",
          "context " + context + " is marked production and nobody can be asked",
          "give its name once more: --unlock " + context);
    }
  }

  private void askName(ContextId context) {
    wiring.console().say("Context " + context.name() + " is marked production and read-only.");
    locks().unlock(context, wiring.prompt().text("Type its name to unlock it for this command: "));
  }

  /// Opens catalog and journals; says what dead processes left behind.
  Engine engine() {
    return Engine.open(engineSettings(), locks());
  }

  Clusters clusters() {
    return new Clusters(engineSettings(), locks());
  }

  @Nullable Path kubeconfig() {
    return options.kubeconfig == null ? null : Path.of(options.kubeconfig);
  }

  ContextRequest contextRequest() {
    return new ContextRequest(
        kubeconfig(),
        Objects.requireNonNullElse(options.context, ""),
        Objects.requireNonNullElse(options.as, ""),
        options.asGroups,
        this::mayRun);
  }

  /// The chosen context; nothing is contacted yet.
  ClusterSession cluster() {
    return unlocked(clusters().open(contextRequest()));
  }

  /// A context by its name, with the other options.
  ClusterSession cluster(String context) {
    return unlocked(clusters().open(contextRequest().withContext(context)));
  }

  /// @throws InvalidInputException if `--unlock` names another context
  private ClusterSession unlocked(ClusterSession cluster) {
    try {
      if (options.unlock != null) {
        locks().unlock(cluster.id(), options.unlock);
      }
      return cluster;
    } catch (InvalidInputException e) {
      cluster.close();
      throw e;
    }
  }

  /// `-n`, or the context's own.
  String namespace(ClusterSession cluster) {
    return options.namespace == null ? cluster.defaultNamespace() : options.namespace;
  }

  /// @throws dev.backstay.model.InvalidInputException if none is named
  RepositoryLocation location() {
    if (options.repository != null) {
      return new RepositoryLocation(options.repository);
    }
    String named = wiring.environment().getOrDefault("BACKSTAY_REPOSITORY", "");
    if (!named.isBlank()) {
      return new RepositoryLocation(named);
    }
    return new RepositoryLocation(Objects.requireNonNullElse(wiring.settings().repository(), ""));
  }

  /// The repository's password; for a new one asked for twice.
  Secret password(RepositoryLocation location, boolean create) {
    Settings settings = wiring.settings();
    return wiring
        .passwords()
        .find(
            location.text(),
            new Passwords.Named(options.passwordFile, options.passwordCommand),
            new Passwords.Named(settings.passwordFile(), settings.passwordCommand()),
            create);
  }

  RepositorySession repository() {
    RepositoryLocation location = location();
    try (Secret password = password(location, false)) {
      return RepositorySession.open(location, password, stores());
    }
  }

  /// The other repository, that something comes from; its password has sources of its own.
  ///
  /// @throws InvalidInputException if none is named
  RepositorySession repository(FromOptions from) {
    String named = from.repository == null ? environment("FROM_REPOSITORY") : from.repository;
    if (named == null) {
      throw new InvalidInputException(
          "repository.no-source",
          "no repository is named that it comes from",
          "name it with --from-repo");
    }
    RepositoryLocation location = new RepositoryLocation(named);
    boolean said = from.passwordFile != null || from.passwordCommand != null;
    Passwords.Named source =
        said
            ? new Passwords.Named(from.passwordFile, from.passwordCommand)
            : new Passwords.Named(
                environment("FROM_PASSWORD_FILE"), environment("FROM_PASSWORD_COMMAND"));
    try (Secret password = wiring.passwords().named(location.text(), source, false)) {
      return RepositorySession.open(location, password, stores());
    }
  }

  private @Nullable String environment(String name) {
    String value = wiring.environment().getOrDefault("BACKSTAY_" + name, "");
    return value.isBlank() ? null : value;
  }

  /// A password that takes its place beside or for the present one; asked for twice.
  Secret newPassword(RepositoryLocation location, NewPasswordOptions fresh) {
    return wiring
        .passwords()
        .named(location.text(), new Passwords.Named(fresh.file, fresh.command), true);
  }

  private boolean mayRun(Path file, List<String> command) {
    if (!wiring.prompt().possible()) {
      return false;
    }
    wiring.console().say("The kubeconfig " + file + " wants to run a program for its credentials:");
    wiring.console().say("  " + String.join(" ", command));
    return wiring.prompt().confirm("Run it, now and as long as neither changes?");
  }
}
