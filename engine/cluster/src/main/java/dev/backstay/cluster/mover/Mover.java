package dev.backstay.cluster.mover;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InternalException;
import dev.backstay.model.UnreachableException;
import dev.backstay.model.UnsupportedException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The protocol of `src/docs/mover-protocol.md` with one pod. Bulk goes by port-forward to a
/// listener in the pod where the user may do that and the pod has one, else by exec. Safe for use
/// by many threads.
public final class Mover {

  /// Where a mover pod has its volume.
  public static final String ROOT = "/volume";

  /// The environment variable of a mover pod that holds the script for its listener.
  public static final String SCRIPT_VARIABLE = "BACKSTAY_SCRIPT";

  private static final int PORT = 40123;

  private final ClusterConnection connection;
  private final String namespace;
  private final String pod;
  private final String container;
  private final String root;
  private final boolean own;
  private final HexFormat hex = HexFormat.of();
  private final SecureRandom random = new SecureRandom();
  private @Nullable String token;
  private boolean byExec;

  /// @param root where the volume is mounted in it
  /// @param own whether it is a mover pod of ours, which can run the listener
  public Mover(
      ClusterConnection connection,
      String namespace,
      String pod,
      String container,
      String root,
      boolean own) {
    this.connection = connection;
    this.namespace = namespace;
    this.pod = pod;
    this.container = container;
    this.root = root;
    this.own = own;
    this.byExec = !own;
  }

  /// The script that every call carries.
  public static String script() {
    try (InputStream in = Mover.class.getResourceAsStream("mover.sh")) {
      if (in == null) {
        throw new InternalException("mover.script", "mover.sh is missing from the program", "");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InternalException("mover.script", "mover.sh cannot be read", "", e);
    }
  }

  /// The output of a small call, whole.
  ///
  /// @throws UnsupportedException if the pod lacks what the verb needs
  byte[] call(CancelToken cancel, String verb, String... arguments) {
    try (Exec exec = exec(cancel, List.of(arguments), verb, new byte[0])) {
      byte[] out = exec.output().readAllBytes();
      exec.check();
      return out;
    } catch (IOException e) {
      throw cut(e);
    }
  }

  /// Which tools the pod has.
  public List<String> tools(CancelToken cancel) {
    return new String(call(cancel, "probe"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("tool "))
        .map(line -> line.substring(5))
        .toList();
  }

  /// The listing, and the nonce that separates its entries.
  InputStream listing(CancelToken cancel, String nonce) {
    return exec(cancel, List.of(nonce), "list", new byte[0]).closingOutput();
  }

  /// A verb whose output is data and a trailer.
  ///
  /// @param argument the verb's further argument, or empty
  MoverOutput open(CancelToken cancel, String verb, byte[] input, String argument) {
    if (useForward(cancel)) {
      return forward(cancel, verb, input, argument);
    }
    Exec exec = exec(cancel, arguments(input.length, argument), verb, input);
    return new MoverOutput(exec.output(), exec, describe(verb), null);
  }

  /// A verb that takes much input and answers with a trailer only. The body is written on the
  /// calling thread.
  ///
  /// @param length exactly how many bytes the body writes
  /// @return the exit status in the pod: 0 if nothing failed there
  int send(CancelToken cancel, String verb, long length, Body body) {
    try (MoverOutput output = sending(cancel, verb, length, body)) {
      output.stream().readAllBytes();
      output.check();
      return output.status();
    } catch (IOException e) {
      throw cut(e);
    }
  }

  /// Writes a call's input.
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private MoverOutput sending(CancelToken cancel, String verb, long length, Body body)
      throws IOException {
    if (useForward(cancel) && verb.equals("write")) {
      PodSocket socket = portForward(cancel, verb);
      try {
        Http.head(socket, "/cgi-bin/" + token + "-" + verb, length);
        String hash = write(socket, body);
        return new MoverOutput(Http.body(socket, describe(verb)), socket, describe(verb), hash);
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
    }
    Exec exec =
        new Exec(
            connection, execPath(), query(arguments(length, ""), verb), describe(verb), cancel);
    try {
      String hash = write(exec.socket(), body);
      return new MoverOutput(exec.output(), exec, describe(verb), hash);
    } catch (IOException | RuntimeException e) {
      exec.close();
      throw e;
    }
  }

  private static String write(PodSocket socket, Body body) throws IOException {
    MessageDigest digest = TrailerStream.sha256();
    try (OutputStream out =
        new BufferedOutputStream(new DigestOutputStream(socket.outgoing(), digest), 32 << 10)) {
      body.writeTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private MoverOutput forward(CancelToken cancel, String verb, byte[] input, String argument) {
    PodSocket socket = portForward(cancel, verb);
    String path = "/cgi-bin/" + token + "-" + verb + (argument.isEmpty() ? "" : "?" + argument);
    try {
      Http.head(socket, path, input.length);
      socket.send(0, input, 0, input.length);
      return new MoverOutput(Http.body(socket, describe(verb)), socket, describe(verb), null);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private PodSocket portForward(CancelToken cancel, String verb) {
    return new PodSocket(
        connection,
        "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/portforward",
        Query.of("ports", Integer.toString(PORT)),
        "v4.channel.k8s.io",
        describe(verb),
        0,
        2,
        cancel);
  }

  /// Starts the listener at the first need; where that fails for want of a tool or a right, exec it
  /// is.
  private synchronized boolean useForward(CancelToken cancel) {
    if (token == null && !byExec && own) {
      String secret = hex.formatHex(bytes(16));
      try {
        byte[] answer = call(cancel, "serve", Integer.toString(PORT), secret);
        token = new String(answer, StandardCharsets.US_ASCII).startsWith("ready") ? secret : null;
        byExec = token == null || !reachable(cancel);
      } catch (UnsupportedException | ForbiddenException e) {
        byExec = true;
      }
    }
    return !byExec;
  }

  /// Asks the listener for nothing, to find out whether port-forward is granted.
  private boolean reachable(CancelToken cancel) {
    try (MoverOutput output = forward(cancel, "tail", new byte[] {'.', 0}, "0")) {
      output.stream().readAllBytes();
      return true;
    } catch (EngineException | IOException e) {
      cancel.checkpoint();
      return false;
    }
  }

  private Exec exec(CancelToken cancel, List<String> arguments, String verb, byte[] input) {
    Exec exec = new Exec(connection, execPath(), query(arguments, verb), describe(verb), cancel);
    exec.socket().send(0, input, 0, input.length);
    return exec;
  }

  private static List<String> arguments(long length, String argument) {
    String text = Long.toString(length);
    return argument.isEmpty() ? List.of(text) : List.of(text, argument);
  }

  private Query query(List<String> arguments, String verb) {
    Query query =
        Query.of("container", container)
            .and("stdin", "true")
            .and("stdout", "true")
            .and("stderr", "true");
    for (String word : List.of("sh", "-c", script(), "backstay", verb, root)) {
      query = query.and("command", word);
    }
    for (String word : arguments) {
      query = query.and("command", word);
    }
    return query;
  }

  private String execPath() {
    return "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/exec";
  }

  private String describe(String verb) {
    return "'" + verb + "' in pod " + namespace + "/" + pod;
  }

  /// A nonce for a listing.
  String nonce() {
    return "N"
        + hex.formatHex(bytes(12)); // N occurs only once, so a match never begins within another
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private UnreachableException cut(IOException e) {
    return new UnreachableException(
        "mover.cut",
        "the stream of pod " + namespace + "/" + pod + " broke",
        "run the job again",
        e);
  }
}
