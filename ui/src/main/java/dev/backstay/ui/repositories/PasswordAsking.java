package dev.backstay.ui.repositories;

import java.util.function.Consumer;

/// Asks the user for the password of a repository that somebody wants to use. For the FX thread.
@FunctionalInterface
public interface PasswordAsking {

  /// @param then called with the open session, or with [Repositories.Result.NeedsPassword] if the
  ///   user does not give it
  void ask(OpenRepository repository, Consumer<Repositories.Result> then);
}
