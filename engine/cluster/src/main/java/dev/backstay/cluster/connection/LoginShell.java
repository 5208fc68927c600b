package dev.backstay.cluster.connection;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The PATH that the user's login shell has: a program started from a menu does not get it, and
/// then finds no exec plugins.
public final class LoginShell {

  private static final String MARK = "--backstay-path--";
  private static final int LONGEST = 64 << 10;

  private static final List<String> SYSTEM =
      List.of("/opt/homebrew/bin", "/usr/local/bin", "/snap/bin", "/usr/lib/google-cloud-sdk/bin");

  private static final List<String> HOME =
      List.of(
          ".local/bin",
          "bin",
          ".krew/bin",
          "google-cloud-sdk/bin",
          ".asdf/shims",
          ".local/share/mise/shims");

  private LoginShell() {}

  /// The environment with the login shell's PATH and well-known folders after its own. Runs
  /// `$SHELL` once, for at most the given time; when that fails, only the well-known folders are
  /// added.
  public static Map<String, String> environment(Map<String, String> process, Duration atMost) {
    Map<String, String> all = new HashMap<>(process);
    if (File.separatorChar == '\\') {
      return all;
    }
    Set<String> folders = new LinkedHashSet<>(split(process.getOrDefault("PATH", "")));
    folders.addAll(split(ask(process, atMost)));
    wellKnown(process.getOrDefault("HOME", "")).forEach(folders::add);
    all.put("PATH", String.join(File.pathSeparator, folders));
    return all;
  }

  private static List<String> split(String path) {
    return Arrays.stream(path.split(File.pathSeparator)).filter(f -> !f.isBlank()).toList();
  }

  private static List<String> wellKnown(String home) {
    var all = new java.util.ArrayList<>(SYSTEM);
    if (!home.isEmpty()) {
      HOME.forEach(folder -> all.add(home + "/" + folder));
    }
    return all.stream().filter(folder -> Files.isDirectory(Path.of(folder))).toList();
  }

  /// @return empty if the shell does not answer in time
  private static String ask(Map<String, String> environment, Duration atMost) {
    String shell = environment.getOrDefault("SHELL", "");
    if (shell.isEmpty() || !Files.isExecutable(Path.of(shell))) {
      return "";
    }
    String script = "echo " + MARK + "; printenv PATH; echo " + MARK;
    ProcessBuilder builder = new ProcessBuilder(shell, "-l", "-c", script);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return answer(process, atMost);
    } catch (IOException e) {
      return ""; // a shell that does not start has no PATH to give
    }
  }

  private static String answer(Process process, Duration atMost) {
    CompletableFuture<String> output = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> output.complete(read(process.getInputStream())));
    try {
      String[] parts = output.get(atMost.toMillis(), TimeUnit.MILLISECONDS).split(MARK, -1);
      return parts.length == 3 ? parts[1].strip() : "";
    } catch (TimeoutException | ExecutionException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String read(InputStream in) {
    try (in) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
