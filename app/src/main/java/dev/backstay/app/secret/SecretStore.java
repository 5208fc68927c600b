package dev.backstay.app.secret;

import dev.backstay.model.Secret;
import java.util.Optional;

/// The operating system's place for passwords. Answers in seconds whatever the system does.
public interface SecretStore {

  /// A store that is never there: no session, no keychain.
  SecretStore NONE =
      new SecretStore() {
        @Override
        public Optional<Secret> find(String name) {
          return Optional.empty();
        }

        @Override
        public void keep(String name, Secret secret) {
          throw KeychainStore.absent(null);
        }

        @Override
        public void remove(String name) {
          throw KeychainStore.absent(null);
        }
      };

  /// The secret kept under this name; empty if there is none or the store cannot be reached.
  Optional<Secret> find(String name);

  /// @throws dev.backstay.model.UnsupportedException if there is no store here
  void keep(String name, Secret secret);

  /// @throws dev.backstay.model.UnsupportedException if there is no store here
  /// @throws dev.backstay.model.NotFoundException if nothing is kept under this name
  void remove(String name);
}
