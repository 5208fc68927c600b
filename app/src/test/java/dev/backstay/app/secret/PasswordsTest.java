package dev.backstay.app.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.app.console.Console;
import dev.backstay.app.console.Redactor;
import dev.backstay.app.console.Terminal;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {

  private static final Passwords.Named NOTHING = new Passwords.Named(null, null);

  @TempDir Path folder;
  private final Redactor redactor = new Redactor();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Passwords passwords(Map<String, String> environment, String typed) {
    Console console =
        new Console(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            new Terminal(!typed.isEmpty(), false, false, 80, false),
            redactor);
    return new Passwords(environment, SecretStore.NONE, new Prompt(console), redactor);
  }

  private static String text(Secret secret) {
    return new String(secret.utf8(), StandardCharsets.UTF_8);
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("password"), content).toString();
  }

  @Test
  void theFirstLineOfAFile() throws IOException {
    Passwords.Named named = new Passwords.Named(file("pass word \r\nmore\n"), null);
    assertEquals("pass word ", text(passwords(Map.of(), "").find("r", named, NOTHING, false)));
    assertEquals("it is ****", redactor.redact("it is pass word "));
  }

  @Test
  void theOutputOfACommandRunWithoutAShell() {
    Passwords.Named named = new Passwords.Named(null, "printf '%s' \"a b;$HOME\"");
    assertEquals("a b;$HOME", text(passwords(Map.of(), "").find("r", named, NOTHING, false)));
  }

  @Test
  void optionsComeBeforeTheEnvironmentAndThatBeforeTheSettings() throws IOException {
    Passwords passwords = passwords(Map.of("BACKSTAY_PASSWORD_COMMAND", "echo environment"), "");
    Passwords.Named settings = new Passwords.Named(null, "echo settings");
    assertEquals("environment", text(passwords.find("r", NOTHING, settings, false)));
    Passwords.Named option = new Passwords.Named(file("option"), null);
    assertEquals("option", text(passwords.find("r", option, settings, false)));
    assertEquals("settings", text(passwords(Map.of(), "").find("r", NOTHING, settings, false)));
  }

  @Test
  void twoSourcesAreRefused() {
    Passwords.Named both = new Passwords.Named("a", "b");
    Passwords passwords = passwords(Map.of(), "");
    assertThrows(InvalidInputException.class, () -> passwords.find("r", both, NOTHING, false));
  }

  @Test
  void eachBadSourceIsOneSentence() throws IOException {
    Passwords passwords = passwords(Map.of(), "");
    for (Passwords.Named bad :
        List.of(
            new Passwords.Named(file(""), null),
            new Passwords.Named(folder.resolve("gone").toString(), null),
            new Passwords.Named(folder.toString(), null),
            new Passwords.Named(null, "/nowhere/pass"),
            new Passwords.Named(null, "false"),
            new Passwords.Named(null, "echo 'open"),
            new Passwords.Named(null, "true"))) {
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> passwords.find("r", bad, NOTHING, false));
      assertTrue(String.valueOf(e.getMessage()).contains("password"), e.getMessage());
    }
  }

  @Test
  void whoCannotBeAskedIsTold() {
    Passwords passwords = passwords(Map.of(), "");
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> passwords.find("r", NOTHING, NOTHING, false));
    assertEquals("password.none", e.code());
  }

  @Test
  void asksOnStandardErrorAndTwiceForANewOne() {
    assertEquals(
        "typed it", text(passwords(Map.of(), "typed it\n").find("r", NOTHING, NOTHING, false)));
    assertEquals(0, out.size());
    assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("Password for r: "));
    Passwords differs = passwords(Map.of(), "one\ntwo\n");
    assertThrows(InvalidInputException.class, () -> differs.find("r", NOTHING, NOTHING, true));
  }

  @Test
  void aSessionWithoutABusHasNoKeychainAndDoesNotHang() {
    assertTrue(KeychainStore.of(Map.of()).find("r").isEmpty());
  }
}
