package dev.backstay.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class RedactorTest {

  private final Redactor redactor = new Redactor();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer hunter2secret",
        "Authorization: Basic hunter2secret=",
        "https://user:hunter2secret@server/path",
        "password=hunter2secret",
        "\"password\": \"hunter2secret\"",
        "AWS_SECRET_ACCESS_KEY=hunter2secret",
        "client-key-data: hunter2secret",
        "token: hunter2secret",
        "-----BEGIN RSA PRIVATE KEY-----\nhunter2secret\n-----END RSA PRIVATE KEY-----"
      })
  void hidesWhatLooksLikeASecret(String text) {
    assertFalse(redactor.redact(text).contains("hunter2secret"), redactor.redact(text));
  }

  @Test
  void hidesTokensWhereverTheyStand() {
    String token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
    assertEquals("got **** back", redactor.redact("got " + token + " back"));
  }

  @Test
  void hidesWhatItWasToldAbout() {
    redactor.know(Secret.of("correct horse"));
    assertEquals("it was ****!", redactor.redact("it was correct horse!"));
  }

  @Test
  void leavesOrdinaryTextAlone() {
    String text = "the password command pass ended with status 1; secrets/app is there";
    assertEquals(text, redactor.redact(text));
  }

  @Test
  void theLogIsRedactedStackTracesIncluded(@TempDir Path folder) throws IOException {
    redactor.know(Secret.of("correct horse"));
    Logs.open(folder, redactor, true);
    LoggerFactory.getLogger("dev.backstay.test")
        .warn("with {}", "correct horse", new IllegalStateException("token=correct horse"));
    String log = Files.readString(folder.resolve("backstay.log"));
    assertTrue(log.contains("with ****"), log);
    assertTrue(log.contains("IllegalStateException"), log);
    assertFalse(log.contains("correct horse"), log);
  }
}
