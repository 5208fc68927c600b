package dev.backstay.sandbox.http;

import dev.backstay.sandbox.api.Operations;
import dev.backstay.sandbox.mover.PodCommands;
import dev.backstay.sandbox.state.Disturbance;
import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `exec` and `portforward` over WebSocket: subprotocols `v5.channel.k8s.io` and
/// `v4.channel.k8s.io`.
public final class Streams {

  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
  private static final Set<String> NAMES = Set.of("exec", "portforward");
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int STATUS = 3;

  private final Operations operations;
  private final PodCommands commands;
  private final Disturbance disturbance;
  private final ServerWebSocketContainer sockets;

  public Streams(
      Operations operations, PodCommands commands, Disturbance disturbance, ApiServer server) {
    this.operations = operations;
    this.commands = commands;
    this.disturbance = disturbance;
    this.sockets = ServerWebSocketContainer.ensure(server.jetty());
    sockets.setIdleTimeout(Duration.ZERO);
    sockets.setMaxBinaryMessageSize(16L << 20);
    sockets.setMaxFrameSize(16L << 20);
  }

  boolean takes(Call call) {
    return NAMES.contains(call.subresource()) && call.resource().storage().equals("pods");
  }

  void open(Call call, Response response, Callback callback) throws Refusal {
    ObjectNode pod = operations.get(call.resource(), call.namespace(), call.name());
    String container = container(call, pod);
    boolean exec = call.subresource().equals("exec");
    if (exec && call.params("command").isEmpty()) {
      throw Refusal.badRequest("you must specify at least 1 command for the container");
    }
    Optional<String> protocol = protocol(call);
    if (protocol.isEmpty()) {
      throw Refusal.badRequest("unable to upgrade: unable to negotiate protocol");
    }
    Throttle throttle = new Throttle(disturbance);
    ChannelSocket socket =
        new ChannelSocket(
            STDIN,
            throttle,
            open -> {
              if (exec) {
                exec(open, call, pod, container);
              } else {
                forward(open, call, pod);
              }
            });
    boolean upgraded =
        sockets.upgrade(
            (request, answer, done) -> {
              answer.setAcceptedSubProtocol(protocol.get());
              return socket;
            },
            call.request(),
            response,
            callback);
    if (!upgraded) {
      throw Refusal.badRequest("Upgrade request required");
    }
  }

  private static Optional<String> protocol(Call call) {
    List<String> asked = call.request().getHeaders().getCSV("Sec-WebSocket-Protocol", false);
    boolean exec = call.subresource().equals("exec");
    List<String> known =
        exec
            ? List.of("v5.channel.k8s.io", "v4.channel.k8s.io")
            : List.of("v4.channel.k8s.io", "portforward.k8s.io");
    return known.stream().filter(asked::contains).findFirst();
  }

  private static String container(Call call, ObjectNode pod) throws Refusal {
    String name = call.param("container");
    boolean found = name.isEmpty();
    for (JsonNode container : Json.at(pod, "spec", "containers")) {
      found |= Json.text(container, "name").equals(name);
    }
    if (!found) {
      throw Refusal.badRequest("container " + name + " is not valid for pod " + Json.name(pod));
    }
    if (Json.text(pod, "spec", "nodeName").isEmpty()) {
      throw Refusal.badRequest("pod " + Json.name(pod) + " does not have a host assigned");
    }
    if (!Json.text(pod, "status", "phase").equals("Running")) {
      throw Refusal.of(
          500,
          "InternalError",
          "unable to upgrade connection: container not found (\"" + name + "\")");
    }
    return name;
  }

  private void exec(ChannelSocket socket, Call call, ObjectNode pod, String container) {
    List<String> command = call.params("command");
    try {
      socket.send(STDOUT, new byte[0], 0, 0);
      if (evicted(pod)) {
        socket.cut();
      }
      if (!command.getFirst().equals("sh")) {
        status(socket, notFound(command.getFirst()));
        return;
      }
      int code =
          commands.exec(
              pod,
              container,
              command,
              socket.input(),
              socket.output(STDOUT),
              socket.output(STDERR));
      status(socket, code == 0 ? success() : exitCode(code));
    } catch (IOException | RuntimeException e) {
      LOG.debug("exec in {} broke", Json.name(pod), e);
    }
  }

  private void forward(ChannelSocket socket, Call call, ObjectNode pod) {
    String port = call.param("ports").split(",")[0];
    try {
      int number = Integer.parseInt(port);
      byte[] head = {(byte) number, (byte) (number >> 8)};
      socket.send(STDIN, head, 0, 2);
      socket.send(STDOUT, head, 0, 2);
      if (evicted(pod)) {
        socket.cut();
      }
      if (!commands.listens(pod, port)) {
        String text =
            "error forwarding port "
                + port
                + " to pod "
                + Json.uid(pod)
                + ", uid : failed to connect to localhost:"
                + port
                + ": connection refused";
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        socket.send(STDOUT, utf8, 0, utf8.length);
        return;
      }
      commands.serve(pod, port, socket.input(), socket.output(STDIN));
    } catch (IOException | RuntimeException e) {
      LOG.debug("port-forward to {} broke", Json.name(pod), e);
    }
  }

  private boolean evicted(ObjectNode pod) {
    boolean mover = "backstay".equals(Json.labels(pod).get("app.kubernetes.io/managed-by"));
    if (!mover || !disturbance.evictThisMover()) {
      return false;
    }
    operations.edit(
        operations.resources().get("pods"),
        pod,
        next -> {
          ObjectNode status = Json.child(next, "status");
          status.put("phase", "Failed").put("reason", "Evicted");
          status.put("message", "The node was low on resource: ephemeral-storage.");
          status.remove("containerStatuses");
        });
    return true;
  }

  private static void status(ChannelSocket socket, ObjectNode status) throws IOException {
    byte[] text = Json.bytes(status);
    socket.send(STATUS, text, 0, text.length);
  }

  private static ObjectNode success() {
    ObjectNode status = Json.object();
    status.putObject("metadata");
    return status.put("status", "Success");
  }

  private static ObjectNode exitCode(int code) {
    ObjectNode status = Json.object();
    status.putObject("metadata");
    status.put("status", "Failure").put("reason", "NonZeroExitCode");
    status.put("message", "command terminated with non-zero exit code: exit status " + code);
    ObjectNode cause = status.putObject("details").putArray("causes").addObject();
    cause.put("reason", "ExitCode").put("message", Integer.toString(code));
    return status;
  }

  private static ObjectNode notFound(String program) {
    ObjectNode status = Json.object();
    status.putObject("metadata");
    status.put("status", "Failure").put("reason", "InternalError").put("code", 500);
    return status.put(
        "message",
        "Internal error occurred: error executing command in container: exec: \""
            + program
            + "\": executable file not found in $PATH");
  }
}
