package dev.backstay.ui.repositories;

import dev.backstay.model.EngineException;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.Secret;
import dev.backstay.ui.Surroundings;
import dev.backstay.ui.fx.Background;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.point.PointFilter;
import dev.backstay.workflow.repository.KnownRepository;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The repositories that this machine knows, which of them are open, and the one that backups go
/// to. For the FX thread.
public final class Repositories {

  private static final String CHOSEN = "repository";

  private final Engine engine;
  private final Background background;
  private final Surroundings surroundings;
  private final Remembered remembered;
  private final ObservableList<OpenRepository> all = FXCollections.observableArrayList();
  private final ObjectProperty<@Nullable OpenRepository> chosen = new SimpleObjectProperty<>();
  private PasswordAsking asking = (_, then) -> then.accept(new Result.NeedsPassword());

  public Repositories(
      Engine engine, Background background, Surroundings surroundings, Remembered remembered) {
    this.engine = engine;
    this.background = background;
    this.surroundings = surroundings;
    this.remembered = remembered;
  }

  /// Who asks for a password when one is needed.
  public void setAsking(PasswordAsking whoAsks) {
    asking = whoAsks;
  }

  private record Known(List<String> locations, List<KnownRepository> rows) {}

  /// Reads which there are, and opens the chosen one if its password can be had without asking.
  public void load(Runnable then) {
    var _ =
        background.ask(
            _ -> known(),
            known -> {
              known.locations().forEach(this::at);
              known.rows().forEach(row -> at(row.location()).known(row));
              choose();
              then.run();
            },
            _ -> then.run());
  }

  private Known known() {
    List<KnownRepository> rows = engine.knownRepositories();
    List<String> locations = new ArrayList<>();
    surroundings.repository().ifPresent(locations::add);
    rows.stream().map(KnownRepository::location).forEach(locations::add);
    return new Known(locations.stream().distinct().toList(), rows);
  }

  private void choose() {
    if (chosen.get() == null && !all.isEmpty()) {
      String last = remembered.get(CHOSEN, "");
      OpenRepository first =
          all.stream().filter(r -> r.location().equals(last)).findFirst().orElse(all.getFirst());
      chosen.set(first);
      openQuietly(first);
    }
  }

  /// The repository at that place; new in the list if it was not in it.
  public OpenRepository at(String location) {
    return all.stream()
        .filter(r -> r.location().equals(location))
        .findFirst()
        .orElseGet(() -> {
          OpenRepository fresh = new OpenRepository(location);
          all.add(fresh);
          return fresh;
        });
  }

  public ObservableList<OpenRepository> all() {
    return all;
  }

  /// Where backups go, null while there is none.
  public ReadOnlyObjectProperty<@Nullable OpenRepository> chosenProperty() {
    return chosen;
  }

  public @Nullable OpenRepository chosen() {
    return chosen.get();
  }

  public void choose(OpenRepository repository) {
    chosen.set(repository);
    remembered.put(CHOSEN, repository.location());
  }

  /// The repository that holds a restore point, if it is known where that is.
  public Optional<OpenRepository> holding(RestorePoint point) {
    return all.stream().filter(r -> point.repository().equals(r.id())).findFirst();
  }

  private void openQuietly(OpenRepository repository) {
    repository.opening();
    var _ =
        background.ask(
            _ -> surroundings.password(repository.location()).map(p -> open(repository, p)),
            session ->
                session.ifPresentOrElse(s -> opened(repository, s), repository::needsPassword),
            repository::failed);
  }

  /// Opens it with what can be had without asking, else with a password that the user is asked for.
  ///
  /// @param password the one that was given, null to look for it
  public void open(OpenRepository repository, @Nullable Secret password, Consumer<Result> then) {
    if (repository.standing() == OpenRepository.Standing.OPEN) {
      then.accept(new Result.Opened(Objects.requireNonNull(repository.session())));
      return;
    }
    repository.opening();
    var _ =
        background.ask(
            _ ->
                (password == null
                        ? surroundings.password(repository.location())
                        : Optional.of(password))
                    .map(p -> open(repository, p)),
            session -> {
              if (session.isPresent()) {
                opened(repository, session.get());
                then.accept(new Result.Opened(session.get()));
              } else {
                repository.needsPassword();
                asking.ask(repository, then);
              }
            },
            error -> {
              repository.failed(error);
              then.accept(new Result.Failed(error));
            });
  }

  /// How opening ended.
  public sealed interface Result {
    record Opened(RepositorySession session) implements Result {}

    record NeedsPassword() implements Result {}

    record Failed(EngineException error) implements Result {}
  }

  /// Off the FX thread. Takes the password over.
  RepositorySession open(OpenRepository repository, Secret password) {
    try (password) {
      RepositorySession session =
          RepositorySession.open(
              new RepositoryLocation(repository.location()), password, engine.settings().stores());
      try {
        var _ = engine.restorePoints(session).list(PointFilter.ALL);
        return session;
      } catch (RuntimeException e) {
        session.close();
        throw e;
      }
    }
  }

  private void opened(OpenRepository repository, RepositorySession session) {
    repository.open(session);
    if (chosen.get() == null) {
      choose(repository);
    }
  }

  /// Makes a new one.
  ///
  /// @param keep whether the keychain is to keep the password
  public void make(
      String location,
      Secret password,
      boolean keep,
      Consumer<Made> done,
      Consumer<EngineException> failed) {
    var _ =
        background.ask(
            _ -> {
              RepositorySession session =
                  RepositorySession.init(
                      new RepositoryLocation(location), password, engine.settings().stores());
              var _ = engine.restorePoints(session).list(PointFilter.ALL);
              return new Fresh(session, keep ? kept(location, password) : null);
            },
            fresh -> {
              OpenRepository made = at(location);
              opened(made, fresh.session());
              choose(made);
              done.accept(new Made(made, fresh.notKept()));
            },
            failed);
  }

  private record Fresh(RepositorySession session, @Nullable EngineException notKept) {}

  /// A repository that was made.
  ///
  /// @param notKept why the keychain does not have its password; null if it has, or was not to
  public record Made(OpenRepository repository, @Nullable EngineException notKept) {}

  /// The repository is there, whatever the keychain says.
  @Nullable EngineException kept(String location, Secret password) {
    try {
      surroundings.keepPassword(location, password);
      return null;
    } catch (EngineException e) {
      return e;
    }
  }

  /// Reads the restore points of the open ones again; the catalog tells whoever listens.
  public void refresh() {
    for (OpenRepository repository : all) {
      RepositorySession session = repository.session();
      if (session != null) {
        var _ =
            background.ask(
                _ -> engine.restorePoints(session).list(PointFilter.ALL),
                _ -> repository.open(session),
                repository::gone);
      }
    }
  }

  /// Forgets that it was used from here. The repository itself stays.
  public void forget(OpenRepository repository) {
    String id = repository.id();
    all.remove(repository);
    if (repository.equals(chosen.get())) {
      chosen.set(all.isEmpty() ? null : all.getFirst());
    }
    var _ =
        background.ask(
            _ -> {
              RepositorySession session = repository.session();
              if (session != null) {
                session.close();
              }
              if (!id.isEmpty()) {
                engine.forgetRepository(id);
              }
              surroundings.forgetPassword(repository.location());
              return true;
            },
            _ -> {},
            _ -> {});
  }
}
