package dev.backstay.app.secret;

import dev.backstay.app.console.Redactor;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.Secret;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds a repository's password: the options, the environment, the settings, the keychain, and at
/// last the user. Whatever it finds, the redactor knows from then on.
public final class Passwords {

  private final Map<String, String> environment;
  private final SecretStore store;
  private final Prompt prompt;
  private final Redactor redactor;

  public Passwords(
      Map<String, String> environment, SecretStore store, Prompt prompt, Redactor redactor) {
    this.environment = environment;
    this.store = store;
    this.prompt = prompt;
    this.redactor = redactor;
  }

  /// What was said about the password without saying it.
  ///
  /// @param file `--password-file`
  /// @param command `--password-command`
  public record Named(@Nullable String file, @Nullable String command) {

    Optional<PasswordSource> source(String where) {
      if (file != null && command != null) {
        throw new InvalidInputException(
            "password.two-sources",
            "both a password file and a password command are given " + where,
            "leave one of them out");
      }
      if (file != null) {
        return Optional.of(new PasswordSource.OfFile(Path.of(file)));
      }
      return command == null
          ? Optional.empty()
          : Optional.of(new PasswordSource.OfCommand(command));
    }
  }

  /// The password of a repository.
  ///
  /// @param repository its location: the name in the keychain
  /// @param create whether it is a new password, to be asked for twice
  /// @throws InvalidInputException if there is none to be had
  public Secret find(String repository, Named options, Named settings, boolean create) {
    Optional<PasswordSource> named =
        options
            .source("as options")
            .or(() -> ofEnvironment().source("in the environment"))
            .or(() -> settings.source("in the settings"));
    Secret secret =
        named
            .map(PasswordSource::read)
            .or(() -> create ? Optional.empty() : store.find(repository))
            .orElseGet(() -> ask(repository, create));
    redactor.know(secret);
    return secret;
  }

  /// A password that the environment and the settings do not mean: another repository's, or a new
  /// one for this.
  ///
  /// @param repository its location
  /// @param create whether it is a new password, to be asked for twice
  /// @throws InvalidInputException if there is none to be had
  public Secret named(String repository, Named named, boolean create) {
    Secret secret =
        named
            .source("as options")
            .map(PasswordSource::read)
            .or(() -> create ? Optional.empty() : store.find(repository))
            .orElseGet(() -> ask(repository, create));
    redactor.know(secret);
    return secret;
  }

  /// The password of a repository, if it can be had without asking anybody.
  ///
  /// @param named whether the environment's and the settings' source is this repository's
  public Optional<Secret> known(String repository, boolean named, Named settings) {
    Optional<PasswordSource> source =
        named
            ? ofEnvironment()
                .source("in the environment")
                .or(() -> settings.source("in the settings"))
            : Optional.empty();
    Optional<Secret> secret = source.map(PasswordSource::read).or(() -> store.find(repository));
    secret.ifPresent(redactor::know);
    return secret;
  }

  private Named ofEnvironment() {
    return new Named(
        blankToNull(environment.get("BACKSTAY_PASSWORD_FILE")),
        blankToNull(environment.get("BACKSTAY_PASSWORD_COMMAND")));
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private Secret ask(String repository, boolean create) {
    if (!prompt.possible()) {
      throw new InvalidInputException(
          "password.none",
          "no password was given for the repository " + repository,
          "name its source with --password-file, --password-command, BACKSTAY_PASSWORD_FILE or"
              + " BACKSTAY_PASSWORD_COMMAND");
    }
    String question = (create ? "New password for " : "Password for ") + repository + ": ";
    return prompt.password(question, create);
  }
}
