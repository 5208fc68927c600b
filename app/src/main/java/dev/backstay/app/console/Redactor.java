package dev.backstay.app.console;

import dev.backstay.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// Takes secrets out of text before it is shown to people or logged: those it was told about, and
/// what looks like one. Safe for use by many threads.
public final class Redactor {

  private static final String MASK = "****";

  /// Shorter passwords are not masked by value: they would match half of every text.
  private static final int SHORTEST = 6;

  private static final List<Rule> RULES =
      List.of(
          rule(
              "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)",
              MASK),
          rule("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}(\\.[A-Za-z0-9_-]*)?", MASK),
          rule("(?i)\\b(bearer|basic)(\\s+)[A-Za-z0-9._~+/=-]{6,}", "$1$2" + MASK),
          rule("(?i)([a-z][a-z0-9+.-]*://[^\\s/:@]+:)[^\\s/@]+@", "$1" + MASK + "@"),
          rule(
              "(?i)([\"']?\\b[a-z0-9_.-]*(?:password|passwd|passphrase|secret[_-]?(?:access[_-]?)?key|"
                  + "access[_-]?token|refresh[_-]?token|id[_-]?token|client[_-]?secret|api[_-]?key|"
                  + "client-key-data|token)[\"']?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;\"'&}]+)",
              "$1" + MASK));

  private final List<String> known = new CopyOnWriteArrayList<>();

  private record Rule(Pattern pattern, String replacement) {}

  private static Rule rule(String pattern, String replacement) {
    return new Rule(Pattern.compile(pattern), replacement);
  }

  /// From now on, hides this secret wherever it appears.
  public void know(Secret secret) {
    String text = new String(secret.utf8(), StandardCharsets.UTF_8);
    if (text.length() >= SHORTEST) {
      known.add(text);
    }
  }

  public String redact(String text) {
    String safe = text;
    for (String secret : known) {
      safe = safe.replace(secret, MASK);
    }
    for (Rule rule : RULES) {
      safe = rule.pattern().matcher(safe).replaceAll(rule.replacement());
    }
    return safe;
  }
}
