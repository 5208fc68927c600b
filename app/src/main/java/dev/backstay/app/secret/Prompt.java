package dev.backstay.app.secret;

import dev.backstay.app.console.Console;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.Secret;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;

/// Asks at the terminal: passwords without echo, and yes or no. Questions go to standard error.
public final class Prompt {

  private final Console console;

  public Prompt(Console console) {
    this.console = console;
  }

  /// Whether there is anybody to ask.
  public boolean possible() {
    return console.terminal().in();
  }

  /// Asks for a password; twice if it is a new one.
  public Secret password(String question, boolean twice) {
    byte[] first = hidden(question);
    byte[] second = twice ? hidden("The same again: ") : first;
    try {
      if (!Arrays.equals(first, second)) {
        throw new InvalidInputException(
            "password.differs", "the two passwords differ", "try again");
      }
      if (first.length == 0) {
        throw new InvalidInputException("password.empty", "the password is empty", "try again");
      }
      return Secret.ofUtf8(first);
    } finally {
      Arrays.fill(first, (byte) 0);
      Arrays.fill(second, (byte) 0);
    }
  }

  /// Whether the answer is `y` or `yes`; anything else is no.
  public boolean confirm(String question) {
    console.ask(question + " [y/N] ");
    String answer = new String(line(), java.nio.charset.StandardCharsets.UTF_8).strip();
    return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
  }

  /// Asks for a line of text.
  public String text(String question) {
    console.ask(question);
    return new String(line(), java.nio.charset.StandardCharsets.UTF_8).strip();
  }

  private byte[] hidden(String question) {
    console.ask(question);
    Thread restore = new Thread(() -> echo(true));
    Runtime.getRuntime().addShutdownHook(restore);
    boolean quiet = echo(false);
    try {
      return line();
    } finally {
      if (quiet) {
        echo(true);
      }
      Runtime.getRuntime().removeShutdownHook(restore);
      console.answered();
    }
  }

  /// Java's own `Console` wants standard output to be a terminal too, and writes to it.
  private static boolean echo(boolean on) {
    try {
      Process stty =
          new ProcessBuilder("stty", on ? "echo" : "-echo")
              .redirectInput(new File("/dev/tty"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return stty.waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private byte[] line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int b = console.in().read(); b >= 0 && b != '\n'; b = console.in().read()) {
        if (b != '\r') {
          line.write(b);
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "prompt.unreadable", "the answer could not be read: " + e.getMessage(), "", e);
    }
    return line.toByteArray();
  }
}
