package dev.backstay.app.command;

import dev.backstay.app.console.Console;
import dev.backstay.app.console.Redactor;
import dev.backstay.app.console.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/// One run of the command line inside the test, with streams of its own.
record CommandLineRun(int status, String out, String err) {

  static CommandLineRun of(Path home, Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            Terminal.none(),
            new Redactor());
    Map<String, String> all = new TreeMap<>(environment);
    all.put("BACKSTAY_HOME", home.toString());
    int status = Launch.run(all, console, InstantSource.system(), arguments);
    return new CommandLineRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
