package dev.backstay.model;

import dev.backstay.model.StoreOptions.Choice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads [StoreOptions] from names and values.
final class OptionReader {

  static final int CONNECTIONS = 16;
  static final long MULTIPART_ABOVE = 1L << 30;
  static final Duration RETRY = Duration.ofMinutes(15);
  static final long CACHE_SIZE = 2L << 30;

  private static final Pattern SIZE = Pattern.compile("(\\d{1,12}) ?([KMGT]?)(i?B)?");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})([smhdwy])");

  private final Map<String, String> rest = new LinkedHashMap<>();

  OptionReader(Map<String, String> named) {
    named.forEach((name, value) -> rest.put(plain(name), value.strip()));
  }

  /// `s3.storage-class` and `storageClass` are the same.
  private static String plain(String name) {
    String own = name.startsWith("s3.") ? name.substring("s3.".length()) : name;
    return own.replace("-", "").toLowerCase(Locale.ROOT);
  }

  StoreOptions read() {
    StoreOptions options =
        new StoreOptions(
            text("region"),
            text("profile"),
            pathStyle(),
            choice("checksums"),
            choice("conditional-put"),
            text("storage-class"),
            time("retention"),
            word("retention-mode", "governance", "compliance").equals("compliance"),
            Math.clamp(number("connections", CONNECTIONS), 1, 1000),
            size("multipart-above", MULTIPART_ABOVE),
            size("upload-rate", 0),
            size("download-rate", 0),
            orElse(time("retry"), RETRY),
            size("cache-size", CACHE_SIZE),
            choice("instance-metadata") == Choice.ON,
            text("ca-file"));
    if (!rest.isEmpty()) {
      throw bad("there is no store option '" + rest.keySet().iterator().next() + "'");
    }
    return options;
  }

  private String text(String name) {
    String value = rest.remove(plain(name));
    return value == null ? "" : value;
  }

  /// restic calls it `s3.bucket-lookup`.
  private Choice pathStyle() {
    Choice ours = choice("path-style");
    return switch (word("bucket-lookup", "auto", "dns", "path")) {
      case "dns" -> Choice.OFF;
      case "path" -> Choice.ON;
      default -> ours;
    };
  }

  private Choice choice(String name) {
    return switch (word(name, "auto", "on", "off", "true", "false")) {
      case "on", "true" -> Choice.ON;
      case "off", "false" -> Choice.OFF;
      default -> Choice.AUTO;
    };
  }

  private String word(String name, String... known) {
    String value = text(name).toLowerCase(Locale.ROOT);
    for (String word : known) {
      if (word.equals(value)) {
        return word;
      }
    }
    if (!value.isEmpty()) {
      throw bad(
          "the store option '"
              + name
              + "' is one of "
              + String.join(", ", known)
              + ", not "
              + value);
    }
    return known[0];
  }

  private long number(String name, long usual) {
    String value = text(name);
    if (value.isEmpty()) {
      return usual;
    }
    if (!value.matches("\\d{1,9}")) {
      throw bad("the store option '" + name + "' is a number, not " + value);
    }
    return Long.parseLong(value);
  }

  private long size(String name, long usual) {
    String value = text(name);
    Matcher matcher = SIZE.matcher(value);
    if (value.isEmpty()) {
      return usual;
    }
    if (!matcher.matches()) {
      throw bad("the store option '" + name + "' is a size such as 500KiB, not " + value);
    }
    int power = "KMGT".indexOf(matcher.group(2)) + (matcher.group(2).isEmpty() ? 0 : 1);
    return Long.parseLong(matcher.group(1)) << (10 * power);
  }

  private @Nullable Duration time(String name) {
    String value = text(name);
    Matcher matcher = TIME.matcher(value);
    if (value.isEmpty()) {
      return null;
    }
    if (!matcher.matches()) {
      throw bad("the store option '" + name + "' is a time such as 30d, not " + value);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "w" -> Duration.ofDays(7 * amount);
      case "y" -> Duration.ofDays(365 * amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Duration orElse(@Nullable Duration given, Duration usual) {
    return given == null ? usual : given;
  }

  private static InvalidInputException bad(String what) {
    return new InvalidInputException(
        "store.bad-option",
        what,
        "known are region, profile, path-style, checksums, conditional-put, storage-class,"
            + " retention, retention-mode, connections, multipart-above, upload-rate,"
            + " download-rate, retry, cache-size, instance-metadata and ca-file");
  }
}
