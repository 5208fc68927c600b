package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.Ability;
import dev.backstay.model.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Words that several tables share.
final class Sheets {

  /// Plain sentences, one a row.
  static final Sheet<String> LINES =
      new Sheet<>(
          "Line", List.of(Column.of("WHAT", s -> s)), s -> new Fields().put("what", s), s -> s);

  private Sheets() {}

  static String size(long bytes) {
    return bytes < 0 ? "" : Units.bytes(bytes);
  }

  static @Nullable Long sizeOrNull(long bytes) {
    return bytes < 0 ? null : bytes;
  }

  static String age(@Nullable Instant time, Instant now) {
    return time == null ? "" : Units.duration(Duration.between(time, now));
  }

  /// `1 PVC`, `2 PVCs`.
  static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /// `yes`, `no`, `unknown`.
  static String word(Ability ability) {
    return ability.answer().name().toLowerCase(Locale.ROOT);
  }

  static String mark(boolean is) {
    return is ? "*" : "";
  }
}
