package dev.backstay.sandbox.mover;

import dev.backstay.sandbox.state.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/// What pods do when something is executed in them: movers' verbs, and nothing else.
public final class PodCommands {

  private record Served(String token, Path root) {}

  private final PodFiles files;

  private static final long KILL_MILLIS = 10_000;

  /// By pod and port.
  private final Map<String, Served> listeners = new ConcurrentHashMap<>();

  private final Map<Thread, Running> running = new ConcurrentHashMap<>();

  public PodCommands(PodFiles files) {
    this.files = files;
  }

  /// A verb at work.
  private record Running(ObjectNode pod, Path root) {}

  /// The processes of a pod that was deleted have ended before another pod's begin: a write that is
  /// cut must not touch the volume later on.
  private int run(ObjectNode pod, Verbs verbs, Path root, String verb, List<String> arguments)
      throws IOException {
    for (Map.Entry<Thread, Running> other : running.entrySet()) {
      Running theirs = other.getValue();
      if (theirs.root().equals(root) && !files.exists(theirs.pod())) {
        end(other.getKey());
      }
    }
    running.put(Thread.currentThread(), new Running(pod, root));
    try {
      return verbs.run(verb, arguments);
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  private static void end(Thread process) throws IOException {
    process.interrupt();
    try {
      process.join(KILL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// Runs `sh -c SCRIPT backstay VERB ROOT …` as if the script did it.
  ///
  /// @return the exit status: 127 for everything else, as if there were no such program
  public int exec(
      ObjectNode pod,
      String container,
      List<String> command,
      InputStream in,
      OutputStream out,
      OutputStream err)
      throws IOException {
    if (command.size() < 6 || !command.get(3).equals("backstay")) {
      say(err, "sh: not found: the sandbox runs no programs");
      return 127;
    }
    String verb = command.get(4);
    Optional<Path> root = files.find(pod, container, command.get(5));
    if (root.isEmpty() || !Files.isDirectory(root.get())) {
      say(err, "sh: cd: can't cd to " + command.get(5) + ": No such file or directory");
      return 124;
    }
    List<String> arguments = command.subList(6, command.size());
    if (verb.equals("serve")) {
      String key = key(pod, arguments.getFirst());
      listeners.put(key, new Served(arguments.get(1), root.get()));
      out.write("ready\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return 0;
    }
    return run(pod, new Verbs(root.get(), in, out), root.get(), verb, arguments);
  }

  private static void say(OutputStream err, String text) throws IOException {
    err.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    err.flush();
  }

  private static String key(ObjectNode pod, String port) {
    return Json.uid(pod) + ":" + port;
  }

  public boolean listens(ObjectNode pod, String port) {
    return listeners.containsKey(key(pod, port));
  }

  /// One connection to a listener: one HTTP request and its answer.
  public void serve(ObjectNode pod, String port, InputStream from, OutputStream out)
      throws IOException {
    Served served = listeners.get(key(pod, port));
    InputStream in = new BufferedInputStream(from, 16_384);
    String request = line(in);
    String length = "0";
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = header.substring(header.indexOf(':') + 1).strip();
      }
    }
    String[] word = request.split(" ");
    String path = word.length > 1 ? word[1] : "";
    String prefix = served == null ? "?" : "/cgi-bin/" + served.token() + "-";
    if (served == null || !path.startsWith(prefix)) {
      out.write("HTTP/1.0 404 Not Found\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return;
    }
    String[] call = path.substring(prefix.length()).split("\\?");
    String head = "HTTP/1.0 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    List<String> arguments = call.length > 1 ? List.of(length, call[1]) : List.of(length);
    run(pod, new Verbs(served.root(), in, out), served.root(), call[0], arguments);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
