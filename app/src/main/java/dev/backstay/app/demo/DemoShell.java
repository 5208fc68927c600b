package dev.backstay.app.demo;

import dev.backstay.app.console.Console;
import dev.backstay.model.InternalException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs Backstay's own command lines in this process, as the user would, and shows them.
final class DemoShell {

  private final Console console;
  private final Map<String, String> environment;
  private final CommandLine commandLine;

  /// @param environment of the commands
  DemoShell(Console console, Map<String, String> environment, CommandLine commandLine) {
    this.console = console;
    this.environment = environment;
    this.commandLine = commandLine;
  }

  /// The command line of this program.
  interface CommandLine {
    int run(Map<String, String> environment, Console console, String... arguments);
  }

  /// A command ended with another exit code than 0.
  static final class Stopped extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    Stopped(String command, int status) {
      super("'backstay " + command + "' ended with status " + status);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /// Shows the command and what it prints.
  void show(String... arguments) throws Stopped {
    say("");
    say("$ backstay " + String.join(" ", arguments));
    require(commandLine.run(environment, console, arguments), arguments);
  }

  /// Runs it and keeps its output to itself, unless it fails.
  void quietly(String... arguments) throws Stopped {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(all, false, StandardCharsets.UTF_8);
    int status = commandLine.run(environment, console.into(print), arguments);
    print.flush();
    if (status != 0) {
      console.say(all.toString(StandardCharsets.UTF_8).strip());
    }
    require(status, arguments);
  }

  /// Runs it for its JSON.
  JsonNode json(String... arguments) throws Stopped {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "-o";
    all[arguments.length + 1] = "json";
    return JsonMapper.shared().readTree(capture(all));
  }

  private String capture(String... arguments) throws Stopped {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
    int status = commandLine.run(environment, console.withOut(print), arguments);
    print.flush();
    require(status, arguments);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void require(int status, String... arguments) throws Stopped {
    if (status != 0) {
      throw new Stopped(String.join(" ", arguments), status);
    }
  }

  /// One line of the demo's own.
  void say(String line) {
    console.out().println(line);
    console.out().flush();
  }

  /// The paths of a file listing.
  static List<String> paths(JsonNode listing) {
    JsonNode items = listing.get("items");
    if (items == null) {
      throw new InternalException("demo.listing", "the listing has no items", "");
    }
    return items.valueStream().map(item -> item.get("path").asString()).toList();
  }
}
