package dev.backstay.ui.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The token files agree on their keys, and what is written can be read: WCAG 2.2 AA asks for a
/// contrast of 4.5 for text and 3 for signs.
final class TokensTest {

  private static final Pattern TOKEN = Pattern.compile("(-bs-[a-z-]+):\\s*#([0-9a-f]{6});");
  private static final List<String> GROUNDS = List.of("surface", "raised", "sidebar", "window");
  private static final List<String> TEXTS =
      List.of("text", "text-muted", "link", "ok", "warn", "bad", "accent");

  private static Map<String, Integer> tokens(String name) throws IOException {
    try (InputStream in = TokensTest.class.getResourceAsStream("tokens-" + name + ".css")) {
      Matcher matcher =
          TOKEN.matcher(
              new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
      Map<String, Integer> tokens = new TreeMap<>();
      while (matcher.find()) {
        tokens.put(matcher.group(1).substring(4), Integer.parseInt(matcher.group(2), 16));
      }
      return tokens;
    }
  }

  private static double contrast(int a, int b) {
    double lighter = Math.max(luminance(a), luminance(b));
    double darker = Math.min(luminance(a), luminance(b));
    return (lighter + 0.05) / (darker + 0.05);
  }

  private static double luminance(int colour) {
    return 0.2126 * part(colour >> 16) + 0.7152 * part(colour >> 8) + 0.0722 * part(colour);
  }

  private static double part(int value) {
    double share = (value & 0xff) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dark", "contrast-light", "contrast-dark"})
  void allFilesHaveTheSameKeys(String name) throws IOException {
    assertEquals(tokens("light").keySet(), tokens(name).keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark", "contrast-light", "contrast-dark"})
  void textCanBeRead(String name) throws IOException {
    Map<String, Integer> tokens = tokens(name);
    for (String ground : GROUNDS) {
      for (String text : TEXTS) {
        atLeast(4.5, tokens, text, ground, name);
      }
    }
    for (String ground : List.of("selected", "hover", "info-soft", "added-soft", "removed-soft")) {
      atLeast(4.5, tokens, "text", ground, name);
    }
    for (String tone : List.of("ok", "warn", "bad")) {
      atLeast(4.5, tokens, tone, tone + "-soft", name);
    }
    for (String code : List.of("code-key", "code-string", "code-number", "code-comment")) {
      atLeast(4.5, tokens, code, "surface", name);
    }
    atLeast(4.5, tokens, "accent", "info-soft", name);
    atLeast(4.5, tokens, "on-accent", "accent", name);
    atLeast(4.5, tokens, "on-production", "production", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark", "contrast-light", "contrast-dark"})
  void signsCanBeSeen(String name) throws IOException {
    Map<String, Integer> tokens = tokens(name);
    for (String sign : List.of("point", "volumesnapshot", "line-strong")) {
      atLeast(3, tokens, sign, "surface", name);
    }
  }

  private static void atLeast(
      double least, Map<String, Integer> tokens, String text, String ground, String name) {
    double contrast =
        contrast(
            Objects.requireNonNull(tokens.get(text), text),
            Objects.requireNonNull(tokens.get(ground), ground));
    assertTrue(contrast >= least, () -> name + ": " + text + " on " + ground + " has " + contrast);
  }
}
