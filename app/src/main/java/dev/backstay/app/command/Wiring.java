package dev.backstay.app.command;

import dev.backstay.app.console.Console;
import dev.backstay.app.console.Interrupts;
import dev.backstay.app.console.Presenter;
import dev.backstay.app.secret.Passwords;
import dev.backstay.app.secret.Prompt;
import dev.backstay.app.secret.SecretStore;
import dev.backstay.app.settings.Folders;
import dev.backstay.app.settings.Settings;
import dev.backstay.app.settings.SettingsFile;
import java.time.InstantSource;
import java.util.Map;

/// What all commands are made of. Nothing in it has read a file yet but the environment.
///
/// @param environment the process's
/// @param console its streams
/// @param folders of this installation; they exist
/// @param presenter says how things ended
/// @param interrupts Ctrl-C
/// @param secrets the keychain
/// @param clock the time
record Wiring(
    Map<String, String> environment,
    Console console,
    Folders folders,
    Presenter presenter,
    Interrupts interrupts,
    SecretStore secrets,
    InstantSource clock) {

  /// @throws dev.backstay.model.InvalidInputException if the settings file cannot be used
  Settings settings() {
    return SettingsFile.read(folders.settingsFile());
  }

  /// The same program in another environment, such as the demo's; its keychain is not the user's.
  Wiring in(Map<String, String> other) {
    return new Wiring(
        other, console, Folders.of(other).create(), presenter, interrupts, SecretStore.NONE, clock);
  }

  Prompt prompt() {
    return new Prompt(console);
  }

  Passwords passwords() {
    return new Passwords(environment, secrets, prompt(), console.redactor());
  }
}
