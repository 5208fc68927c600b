package dev.backstay.ui.repositories;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.Secret;
import dev.backstay.ui.Desk;
import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Changes the password that opened a repository: in the keychain too if that has it, since the
/// next start would fail else, and the repository is opened anew with it. For the FX thread.
public final class PasswordChange {

  private final Desk desk;
  private final OpenRepository repository;

  public PasswordChange(Desk desk, OpenRepository repository) {
    this.desk = desk;
    this.repository = repository;
  }

  /// A password that was changed.
  ///
  /// @param key the id of the new one's key
  /// @param notKept why the keychain, which had the old one, does not have the new one; else null
  /// @param elsewhere whether the environment or the settings still name another one
  /// @param notOpened why the repository could not be opened with it, else null
  public record Changed(
      String key,
      @Nullable EngineException notKept,
      boolean elsewhere,
      @Nullable EngineException notOpened) {}

  private record Opened(Changed changed, @Nullable RepositorySession session) {}

  /// Takes the password over. The session that was open stays so for who works with it: it is of
  /// the same master key.
  public void to(Secret password, Consumer<Changed> done, Consumer<EngineException> failed) {
    RepositorySession before = Objects.requireNonNull(repository.session());
    var _ =
        desk.background()
            .ask(
                cancel -> {
                  try (password) {
                    return change(before, password, cancel);
                  }
                },
                opened -> {
                  if (opened.session() != null) {
                    repository.open(opened.session());
                  }
                  done.accept(opened.changed());
                },
                failed);
  }

  private Opened change(RepositorySession before, Secret password, CancelToken cancel) {
    String place = repository.location();
    boolean kept = desk.surroundings().keepsPassword(place);
    String key = new RepositoryMaintenance(before).changePassword(password, "", "", cancel);
    EngineException notKept = kept ? keep(place, password) : null;
    boolean elsewhere = notKept == null && elsewhere(place, password);
    try {
      RepositorySession session =
          desk.repositories().open(repository, Secret.ofUtf8(password.utf8()));
      return new Opened(new Changed(key, notKept, elsewhere, null), session);
    } catch (EngineException e) {
      return new Opened(new Changed(key, notKept, elsewhere, e), null);
    }
  }

  /// The old one is no use: better asked for than wrong.
  private @Nullable EngineException keep(String place, Secret password) {
    EngineException refused = desk.repositories().kept(place, password);
    if (refused != null) {
      try {
        desk.surroundings().forgetPassword(place);
      } catch (EngineException e) {
        refused.addSuppressed(e);
      }
    }
    return refused;
  }

  private boolean elsewhere(String place, Secret password) {
    try {
      return desk.surroundings()
          .password(place)
          .filter(found -> differs(found, password))
          .isPresent();
    } catch (EngineException e) {
      return false; // it cannot be had from there, so the next start asks
    }
  }

  private static boolean differs(Secret found, Secret password) {
    try (found) {
      return !Arrays.equals(found.utf8(), password.utf8());
    }
  }
}
