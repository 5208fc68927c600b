package dev.backstay.cluster.connection;

import dev.backstay.cluster.kubeconfig.ExecPlugin;
import dev.backstay.model.CancelToken;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnauthenticatedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One run of an exec plugin: standard output is its answer, standard error explains a failure.
final class PluginRun {

  private static final int LARGEST_ANSWER = 1 << 20;
  private static final int LONGEST_EXCUSE = 2_000;

  private final ExecPlugin plugin;
  private final Map<String, String> environment;
  private final boolean interactive;
  private final Duration atMost;

  /// @param environment complete, with `KUBERNETES_EXEC_INFO`
  /// @param interactive whether it gets the terminal
  PluginRun(
      ExecPlugin plugin, Map<String, String> environment, boolean interactive, Duration atMost) {
    this.plugin = plugin;
    this.environment = environment;
    this.interactive = interactive;
    this.atMost = atMost;
  }

  /// @return its standard output
  String answer(CancelToken cancel) {
    Process process = start();
    var output = gather(process.getInputStream(), LARGEST_ANSWER, OutputStream.nullOutputStream());
    // A plugin that talks to the user does so on standard error.
    OutputStream tee = interactive ? System.err : OutputStream.nullOutputStream();
    var errors = gather(process.getErrorStream(), LONGEST_EXCUSE, tee);
    try (var _ = cancel.onCancel(() -> kill(process))) {
      waitFor(process);
      cancel.checkpoint();
      return judge(process.exitValue(), output, errors);
    } finally {
      kill(process);
    }
  }

  private Process start() {
    List<String> command = new ArrayList<>();
    command.add(ProgramSearch.find(plugin, environment).toString());
    command.addAll(plugin.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(interactive ? Redirect.INHERIT : Redirect.PIPE);
    try {
      Process process = builder.start();
      if (!interactive) {
        process.getOutputStream().close();
      }
      return process;
    } catch (IOException e) {
      throw new UnauthenticatedException(
          "kubeconfig.plugin-not-started",
          "the credential plugin " + plugin.command() + " could not be started",
          "try to run it in a terminal" + hint(),
          e);
    }
  }

  private void waitFor(Process process) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimedOutException(
            "kubeconfig.plugin-timed-out",
            "the credential plugin %s did not end within %d s"
                .formatted(plugin.command(), atMost.toSeconds()),
            "run it in a terminal: it may wait for a login");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String judge(
      int status,
      CompletableFuture<ByteArrayOutputStream> output,
      CompletableFuture<ByteArrayOutputStream> errors) {
    if (status != 0) {
      throw new UnauthenticatedException(
          "kubeconfig.plugin-failed",
          "the credential plugin %s ended with status %d%s"
              .formatted(plugin.command(), status, said(errors)),
          "log in with it in a terminal and try again" + hint());
    }
    return text(output);
  }

  private static String said(CompletableFuture<ByteArrayOutputStream> errors) {
    String words = text(errors).strip();
    return words.isEmpty() ? "" : ": " + words;
  }

  private String hint() {
    return plugin.installHint().isBlank() ? "" : "; " + plugin.installHint().strip();
  }

  /// A grandchild that keeps the pipe open must not keep us.
  private static String text(CompletableFuture<ByteArrayOutputStream> gathered) {
    ByteArrayOutputStream none = new ByteArrayOutputStream();
    return gathered
        .completeOnTimeout(none, 2, TimeUnit.SECONDS)
        .join()
        .toString(StandardCharsets.UTF_8);
  }

  private static CompletableFuture<ByteArrayOutputStream> gather(
      InputStream in, int limit, OutputStream tee) {
    CompletableFuture<ByteArrayOutputStream> result = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> result.complete(drain(in, limit, tee)));
    return result;
  }

  /// Reads to the end, keeps at most the limit.
  private static ByteArrayOutputStream drain(InputStream in, int limit, OutputStream tee) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        tee.write(buffer, 0, n);
        kept.write(buffer, 0, Math.min(n, limit - kept.size()));
      }
    } catch (IOException e) {
      return kept; // the process was killed; what it said before counts
    }
    return kept;
  }

  private static void kill(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
