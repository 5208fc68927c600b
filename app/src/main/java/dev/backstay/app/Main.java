package dev.backstay.app;

import dev.backstay.app.command.Launch;
import dev.backstay.app.console.Console;
import dev.backstay.app.console.Redactor;
import dev.backstay.app.console.Terminal;
import java.time.InstantSource;
import java.util.Map;

/// Where the process begins.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    Console console = Console.ofProcess(Terminal.ofProcess(environment), new Redactor());
    int status = Launch.run(environment, console, InstantSource.system(), arguments);
    console.flush();
    System.exit(status);
  }
}
