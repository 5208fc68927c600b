package dev.backstay.stores;

import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.StorageException;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.model.UnreachableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What it means that no answer came, or none that can be understood.
final class NetworkErrors {

  private final S3Settings settings;
  private final String host;

  NetworkErrors(S3Settings settings) {
    this.settings = settings;
    host =
        settings.endpoint() == null ? settings.place().host() : settings.endpoint().getAuthority();
  }

  EngineException of(S3Action action, String what, Throwable e) {
    String task = "cannot " + action.verb() + " " + what;
    if (caused(e, UnknownHostException.class) != null) {
      return new UnreachableException(
          "store.unknown-host",
          task + ": there is no host " + host,
          "correct the location, or make sure that this machine's name resolution works",
          e);
    }
    SSLException tls = caused(e, SSLException.class);
    if (tls != null && !cut(tls)) {
      return tls(task, tls);
    }
    if (caused(e, SocketTimeoutException.class) != null || named(e, "Timeout")) {
      return new TimedOutException(
          "store.timeout",
          task + ": " + host + " did not answer in time",
          "make sure that it can be reached, and that no firewall drops the connection",
          e);
    }
    if (caused(e, ConnectException.class) != null
        || caused(e, NoRouteToHostException.class) != null) {
      return new UnreachableException(
          "store.refused",
          task + ": " + host + " cannot be reached: " + reason(e),
          "make sure that the service runs and that the port is right",
          e);
    }
    return other(task, e);
  }

  private EngineException other(String task, Throwable e) {
    String text = texts(e).toLowerCase(Locale.ROOT);
    if (text.contains("expired") && text.contains("token")) {
      return new S3Errors(settings).expired(task, e);
    }
    if (text.contains("credentials") || text.contains("profile")) {
      return noCredentials(task, e);
    }
    boolean early = endsEarly(text);
    if (!early && (text.contains("unmarshall") || text.contains("parse"))) {
      return notS3(task, e);
    }
    if (early || caused(e, IOException.class) != null) {
      return new UnreachableException(
          "store.connection-cut",
          task + ": the connection to " + host + " broke",
          "try again; if it breaks often, use fewer connections",
          e);
    }
    return new StorageException(
        "store.failed",
        task + ": " + reason(e),
        "run 'backstay repo test-store' to see what works",
        e);
  }

  /// Parsers of XML tell an early end in their message only.
  private static boolean endsEarly(String text) {
    return text.contains("premature")
        || text.contains("within the same entity")
        || text.contains("unexpected end")
        || text.contains("unexpected eof");
  }

  InvalidInputException notS3(String task, @Nullable Throwable e) {
    return new InvalidInputException(
        "store.not-s3",
        task + ": what answers at " + host + " is no S3 service",
        "correct the location: the address of the service's API, not of its web pages",
        e);
  }

  private EngineException tls(String task, SSLException e) {
    String text = texts(e).toLowerCase(Locale.ROOT);
    boolean plain = text.contains("unsupported or unrecognized ssl message");
    String how =
        plain
            ? host + " does not speak TLS"
            : text.contains("certification path")
                ? "the certificate of " + host + " comes from an authority that is not trusted here"
                : "no safe connection to " + host + " can be made: " + reason(e);
    String remedy =
        plain
            ? "write the location as s3:http://… if the network is trusted"
            : "name the authority's PEM file with the store option ca-file, or correct the host";
    return new UnauthenticatedException("store.tls", task + ": " + how, remedy, e);
  }

  private static boolean cut(SSLException e) {
    String text = texts(e).toLowerCase(Locale.ROOT);
    return text.contains("closed") || text.contains("reset") || text.contains("broken pipe");
  }

  private EngineException noCredentials(String task, Throwable e) {
    String profile = settings.options().profile();
    return new UnauthenticatedException(
        "store.no-credentials",
        task
            + (profile.isEmpty()
                ? ": there are no credentials"
                : ": the profile " + profile + " gives no credentials"),
        "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile of ~/.aws/config with"
            + " the store option profile",
        e);
  }

  private static <T extends Throwable> @Nullable T caused(Throwable e, Class<T> kind) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return kind.cast(at);
      }
    }
    return null;
  }

  /// Libraries have time-outs of their own.
  private static boolean named(Throwable e, String part) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at.getClass().getSimpleName().contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static String texts(Throwable e) {
    StringBuilder all = new StringBuilder();
    for (Throwable at = e; at != null; at = at.getCause()) {
      all.append(at.getMessage()).append('\n');
    }
    return all.toString();
  }

  /// The innermost message, which names the cause.
  private static String reason(Throwable e) {
    Throwable at = e;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    String text = Objects.requireNonNullElse(at.getMessage(), at.getClass().getSimpleName());
    String line = text.lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
