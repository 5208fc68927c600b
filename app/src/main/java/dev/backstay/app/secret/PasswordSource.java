package dev.backstay.app.secret;

import dev.backstay.model.InvalidInputException;
import dev.backstay.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// One way to come by a password.
public sealed interface PasswordSource {

  /// Nobody's password file is larger; a wrong path to something huge must not fill the memory.
  long LARGEST = 64 * 1024;

  /// @throws InvalidInputException if it yields no password; says why
  Secret read();

  /// A file whose first line is the password. The end of the line does not belong to it.
  record OfFile(Path file) implements PasswordSource {

    @Override
    public Secret read() {
      try {
        if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
          throw unusable("the password file " + file + " is too large", null);
        }
        byte[] bytes = Files.readAllBytes(file);
        return firstLine(bytes, "the password file " + file + " is empty");
      } catch (NoSuchFileException e) {
        throw unusable("the password file " + file + " does not exist", e);
      } catch (IOException e) {
        throw unusable("the password file " + file + " cannot be read: " + e.getMessage(), e);
      }
    }
  }

  /// A program that prints the password. It may ask the user something on the terminal.
  record OfCommand(String command) implements PasswordSource {

    @Override
    public Secret read() {
      List<String> words = Words.of(command);
      String name = words.getFirst();
      try {
        Process process =
            new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] bytes = process.getInputStream().readNBytes((int) LARGEST);
        process.getInputStream().close();
        int status = process.waitFor();
        if (status != 0) {
          throw unusable("the password command " + name + " ended with status " + status, null);
        }
        return firstLine(bytes, "the password command " + name + " printed nothing");
      } catch (IOException e) {
        throw unusable("the password command " + name + " cannot be run: " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw unusable("waiting for the password command " + name + " was interrupted", e);
      }
    }
  }

  private static Secret firstLine(byte[] bytes, String ifEmpty) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    try {
      if (end == 0) {
        throw unusable(ifEmpty, null);
      }
      return Secret.ofUtf8(Arrays.copyOf(bytes, end));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static InvalidInputException unusable(
      String message, @org.jspecify.annotations.Nullable Throwable cause) {
    return new InvalidInputException(
        "password.unusable",
        message,
        "look at --password-file, --password-command and the BACKSTAY_PASSWORD_… variables",
        cause);
  }
}
