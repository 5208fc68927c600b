package dev.backstay.cluster.connection;

import dev.backstay.cluster.connection.ExecCredentials.Issued;
import dev.backstay.cluster.kubeconfig.ClusterEntry;
import dev.backstay.cluster.kubeconfig.ExecPlugin;
import dev.backstay.cluster.kubeconfig.ResolvedContext;
import dev.backstay.model.CancelToken;
import dev.backstay.model.UnauthenticatedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is said to an exec plugin and what it answers (client.authentication.k8s.io, v1 and
/// v1beta1).
final class PluginProtocol {

  private final ResolvedContext context;
  private final ExecPlugin plugin;
  private final ConnectionSettings settings;
  private final Timing timing;

  PluginProtocol(
      ResolvedContext context, ExecPlugin plugin, ConnectionSettings settings, Timing timing) {
    this.context = context;
    this.plugin = plugin;
    this.settings = settings;
    this.timing = timing;
  }

  Issued issue(CancelToken cancel) {
    if (context.askBeforeRunning()) {
      new TrustedPrograms(settings.state(), settings.trust()).require(context.user(), plugin);
    }
    boolean interactive =
        settings.interactive() && plugin.interactive() != ExecPlugin.InteractiveMode.NEVER;
    if (!interactive && plugin.interactive() == ExecPlugin.InteractiveMode.ALWAYS) {
      throw refused("needs a terminal, and there is none", "run backstay in a terminal");
    }
    Duration atMost = interactive ? timing.pluginWithUser() : timing.plugin();
    return read(
        new PluginRun(plugin, environment(interactive), interactive, atMost).answer(cancel));
  }

  private Map<String, String> environment(boolean interactive) {
    Map<String, String> all = new HashMap<>(withPath());
    all.putAll(plugin.environment());
    all.put("KUBERNETES_EXEC_INFO", Json.MAPPER.writeValueAsString(question(interactive)));
    return all;
  }

  /// A program started from a menu does not have the PATH on which plugins are found; then the
  /// login shell is asked for it.
  private Map<String, String> withPath() {
    return ProgramSearch.look(plugin, settings.environment()).isPresent()
        ? settings.environment()
        : LoginShell.environment(settings.environment(), timing.shell());
  }

  private ObjectNode question(boolean interactive) {
    ObjectNode question = Json.object();
    question.put("kind", "ExecCredential");
    question.put("apiVersion", plugin.apiVersion());
    ObjectNode spec = question.putObject("spec");
    if (plugin.provideClusterInfo()) {
      describe(context.cluster(), spec.putObject("cluster"));
    }
    spec.put("interactive", interactive);
    return question;
  }

  private static void describe(ClusterEntry cluster, ObjectNode into) {
    into.put("server", cluster.server());
    putIfSet(into, "tls-server-name", cluster.tlsServerName());
    if (cluster.insecure()) {
      into.put("insecure-skip-tls-verify", true);
    }
    if (!cluster.caData().isEmpty() || !cluster.caFile().isEmpty()) {
      byte[] ca = Pem.load("certificate-authority", cluster.caData(), cluster.caFile());
      into.put("certificate-authority-data", Base64.getEncoder().encodeToString(ca));
    }
    putIfSet(into, "proxy-url", cluster.proxyUrl());
    if (cluster.disableCompression()) {
      into.put("disable-compression", true);
    }
    if (cluster.execInfo() != null) {
      into.set("config", cluster.execInfo());
    }
  }

  private static void putIfSet(ObjectNode into, String key, String value) {
    if (!value.isEmpty()) {
      into.put(key, value);
    }
  }

  private Issued read(String output) {
    JsonNode answer = parse(output);
    if (!answer.path("kind").asString("").equals("ExecCredential")) {
      throw nonsense("its output is not an ExecCredential");
    }
    if (!answer.path("apiVersion").asString("").equals(plugin.apiVersion())) {
      throw nonsense("it answered in another apiVersion than " + plugin.apiVersion());
    }
    JsonNode status = answer.path("status");
    String token = status.path("token").asString("");
    ClientCertificate certificate = certificate(status);
    if (token.isEmpty() && certificate == null) {
      throw nonsense("it gave neither a token nor a certificate");
    }
    return new Issued(token, certificate, expiry(status));
  }

  private JsonNode parse(String output) {
    try {
      return Json.MAPPER.readTree(output);
    } catch (JacksonException e) {
      throw nonsense("its output is not JSON");
    }
  }

  private @Nullable ClientCertificate certificate(JsonNode status) {
    String certificate = status.path("clientCertificateData").asString("");
    String key = status.path("clientKeyData").asString("");
    if (certificate.isEmpty() != key.isEmpty()) {
      throw nonsense("it gave only one of certificate and key");
    }
    return certificate.isEmpty()
        ? null
        : Pem.pair(
            "the answer of credential plugin " + plugin.command(),
            certificate.getBytes(StandardCharsets.UTF_8),
            key.getBytes(StandardCharsets.UTF_8));
  }

  private Instant expiry(JsonNode status) {
    String text = status.path("expirationTimestamp").asString("");
    try {
      return text.isEmpty() ? Instant.MAX : java.time.OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw nonsense("its expirationTimestamp is not a time");
    }
  }

  private UnauthenticatedException nonsense(String what) {
    return new UnauthenticatedException(
        "kubeconfig.plugin-nonsense",
        "the credential plugin " + plugin.command() + " cannot be used: " + what,
        "run it in a terminal and look at its output; it may need an update");
  }

  private UnauthenticatedException refused(String what, String remedy) {
    return new UnauthenticatedException(
        "kubeconfig.plugin-needs-terminal",
        "the credential plugin " + plugin.command() + " " + what,
        remedy);
  }
}
