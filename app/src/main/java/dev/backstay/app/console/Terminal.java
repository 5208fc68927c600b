package dev.backstay.app.console;

import java.util.Map;
import java.util.Optional;

/// What is at the other end of the process's streams.
///
/// @param in whether standard input is a terminal, so that somebody can be asked
/// @param out whether standard output is one
/// @param err whether standard error is one, so that a line can be drawn over
/// @param columns width to stay below
/// @param colour whether colours are welcome (`NO_COLOR` is not set and the terminal is not dumb)
public record Terminal(boolean in, boolean out, boolean err, int columns, boolean colour) {

  private static final int USUAL_COLUMNS = 80;

  /// No terminal anywhere: a script, CI, a pipe.
  public static Terminal none() {
    return new Terminal(false, false, false, USUAL_COLUMNS, false);
  }

  /// The process's own. The launcher looks at each stream (`[ -t 2 ]`) and hands the numbers of
  /// those that are terminals over in the property `backstay.terminal`; without a launcher the JVM
  /// only knows whether both input and output are one.
  public static Terminal ofProcess(Map<String, String> environment) {
    String streams = System.getProperty("backstay.terminal");
    if (streams == null) {
      streams =
          Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false)
              ? "012"
              : "";
    }
    boolean err = streams.contains("2");
    return new Terminal(
        streams.contains("0"),
        streams.contains("1"),
        err,
        columns(System.getProperty("backstay.columns", "")),
        err && !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM")));
  }

  private static int columns(String text) {
    return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : USUAL_COLUMNS;
  }
}
