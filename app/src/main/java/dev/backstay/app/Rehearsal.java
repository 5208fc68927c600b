package dev.backstay.app;

import dev.backstay.app.command.Launch;
import dev.backstay.app.console.Console;
import dev.backstay.app.console.Redactor;
import dev.backstay.app.console.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// Plays the usual commands once in an empty folder, so that the JVM can keep what it loaded and
/// linked (JEP 483, 514). `lib/rehearse` starts it.
public final class Rehearsal {

  private static final int SMALL_FILES = 120;
  private static final int LARGE_FILE = 3 << 20;

  private final Path folder;
  private final Map<String, String> environment;
  private final Random random = new Random(1);

  private Rehearsal(Path folder) {
    this.folder = folder;
    // Nothing of the surroundings: no repository, password or cluster of the user's.
    environment =
        new HashMap<>(
            Map.of(
                "BACKSTAY_HOME", folder.resolve("home").toString(),
                "BACKSTAY_REPOSITORY", folder.resolve("repository").toString(),
                "BACKSTAY_PASSWORD_FILE", folder.resolve("password").toString()));
  }

  /// @param arguments one empty folder
  public static void main(String[] arguments) throws IOException {
    new Rehearsal(Path.of(arguments[0])).play();
  }

  private void play() throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    Files.writeString(folder.resolve("password"), "rehearsal\n");
    make(source);
    command("version");
    command("help", "repo");
    command("repo", "init");
    command("repo", "backup", source.toString());
    command("repo", "backup", source.toString());
    command("repo", "snapshots");
    command("repo", "ls", "latest");
    command("repo", "check", "--read-data");
    command("repo", "restore", "latest:" + source, "--target", folder.resolve("copy").toString());
    try {
      far(source);
    } catch (IOException | IllegalStateException | NoClassDefFoundError e) {
      // A Java without the server, or a proxy in the way: what was learnt so far is worth keeping.
      System.err.println("no bucket was rehearsed: " + e);
    }
  }

  private void far(Path source) throws IOException {
    try (RehearsalBucket bucket = new RehearsalBucket()) {
      environment.put("BACKSTAY_REPOSITORY", bucket.location());
      environment.put("AWS_ACCESS_KEY_ID", "rehearsal");
      environment.put("AWS_SECRET_ACCESS_KEY", "rehearsal");
      environment.put("AWS_REGION", "us-east-1");
      command("repo", "init");
      command("repo", "backup", source.toString());
      command("repo", "backup", source.toString());
      command("repo", "snapshots");
      command("repo", "check", "--read-data");
      command("repo", "restore", "latest:" + source, "--target", folder.resolve("far").toString());
    }
  }

  private void make(Path source) throws IOException {
    byte[] noise = new byte[LARGE_FILE];
    random.nextBytes(noise);
    Files.write(source.resolve("noise"), noise);
    byte[] text = new byte[LARGE_FILE / 2];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) ("backstay keeps the mast standing\n".charAt(i % 33) ^ (noise[i] & 3));
    }
    Files.write(source.resolve("text"), text);
    for (int i = 0; i < SMALL_FILES; i++) {
      Path place = Files.createDirectories(source.resolve("folder-" + i / 50));
      byte[] content = Arrays.copyOfRange(i % 2 == 0 ? text : noise, i * 7, i * 7 + 2000);
      Files.write(place.resolve("file-" + i), content);
    }
    Files.write(source.resolve("note"), "a note\n".getBytes(StandardCharsets.UTF_8));
  }

  private void command(String... arguments) {
    Console console = Console.ofProcess(Terminal.none(), new Redactor());
    int status = Launch.run(environment, console, InstantSource.system(), arguments);
    if (status != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + " ended with " + status);
    }
  }
}
