package dev.backstay.cluster.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What an unquoted scalar means in YAML 1.1 and 1.2 (yaml.org/type, YAML 1.2.2 §10.3). Where the
/// two differ, 1.1 is right, because kubectl reads 1.1.
public final class PlainScalar {

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = words("y", "yes", "true", "on");
  private static final Set<String> FALSE = words("n", "no", "false", "off");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9_]*)");
  private static final Pattern OTHER_BASE =
      Pattern.compile("[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9][0-9_]*|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?");

  /// Anything that begins like a number, a date or a special float, in any dialect: `1:20`, `08`,
  /// `1_000`, `.inf`, `2020-01-01`.
  private static final Pattern SUSPICIOUS = Pattern.compile("[-+.]?[0-9].*|[-+]?\\.(inf|nan).*");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private PlainScalar() {}

  private static Set<String> words(String... lower) {
    var all = new java.util.HashSet<String>();
    for (String word : lower) {
      all.add(word);
      all.add(word.toUpperCase(Locale.ROOT));
      all.add(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return Set.copyOf(all);
  }

  /// Whether a text, unquoted, could be taken for anything but a string by some YAML parser.
  public static boolean ambiguous(String text) {
    return NULLS.contains(text)
        || TRUE.contains(text)
        || FALSE.contains(text)
        || text.equals("<<")
        || text.equals("=")
        || SUSPICIOUS.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  static JsonNode resolve(String text) {
    if (NULLS.contains(text)) {
      return NODES.nullNode();
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return NODES.booleanNode(TRUE.contains(text));
    }
    if (text.length() > 400) {
      return NODES.stringNode(text); // no number is that long, and parsing one would be slow
    }
    if (DECIMAL.matcher(text).matches()) {
      return whole(text.replace("_", ""), 10);
    }
    if (OTHER_BASE.matcher(text).matches()) {
      return otherBase(text.replace("_", ""));
    }
    return fraction(text);
  }

  private static JsonNode fraction(String text) {
    if (!FLOAT.matcher(text).matches()) {
      return NODES.stringNode(text);
    }
    try {
      return NODES.numberNode(new BigDecimal(text.replace("_", "")));
    } catch (NumberFormatException e) {
      return NODES.stringNode(text);
    }
  }

  private static JsonNode otherBase(String text) {
    String sign = text.startsWith("-") ? "-" : "";
    String digits = text.replaceFirst("^[-+]", "");
    int base = digits.startsWith("0x") ? 16 : digits.startsWith("0b") ? 2 : 8;
    String bare = digits.replaceFirst(base == 8 ? "^0o?" : "^0[xb]", "");
    return bare.isEmpty() ? NODES.stringNode(text) : whole(sign + bare, base);
  }

  private static JsonNode whole(String digits, int base) {
    BigInteger value = new BigInteger(digits, base);
    if (value.bitLength() < 32) {
      return NODES.numberNode(value.intValue());
    }
    return value.bitLength() < 64 ? NODES.numberNode(value.longValue()) : NODES.numberNode(value);
  }
}
