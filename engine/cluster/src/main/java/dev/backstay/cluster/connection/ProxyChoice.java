package dev.backstay.cluster.connection;

import dev.backstay.cluster.kubeconfig.ClusterEntry;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.UnsupportedException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// How to get to a server: the cluster's `proxy-url`, else `HTTPS_PROXY`, `HTTP_PROXY` and
/// `NO_PROXY` as Go programs read them. The Java properties of this process do not count.
final class ProxyChoice {

  private ProxyChoice() {}

  static void apply(
      ClusterEntry cluster, Map<String, String> environment, OkHttpClient.Builder to) {
    String url = cluster.proxyUrl();
    String proxy = url.isEmpty() ? ofEnvironment(cluster.server(), environment) : url;
    if (proxy.isEmpty()) {
      to.proxy(Proxy.NO_PROXY);
      return;
    }
    use(parse(proxy, cluster), cluster, to);
  }

  private static URI parse(String proxy, ClusterEntry cluster) {
    try {
      URI uri = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
      if (uri.getHost() != null && uri.getScheme() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw unusable(cluster, e);
    }
    throw unusable(cluster, null);
  }

  private static InvalidInputException unusable(
      ClusterEntry cluster, @Nullable URISyntaxException cause) {
    return new InvalidInputException(
        "kubeconfig.bad-proxy",
        "the proxy for cluster " + cluster.name() + " is not a URL",
        "write it as http://, https:// or socks5://host:port",
        cause);
  }

  private static void use(URI proxy, ClusterEntry cluster, OkHttpClient.Builder to) {
    switch (proxy.getScheme().toLowerCase(Locale.ROOT)) {
      case "http" -> http(proxy, 80, to);
      case "https" -> {
        http(proxy, 443, to);
        to.socketFactory(
            new ProxyTlsSockets(
                (javax.net.ssl.SSLSocketFactory) javax.net.ssl.SSLSocketFactory.getDefault()));
      }
      case "socks5", "socks5h" -> socks(proxy, cluster, to);
      default ->
          throw new UnsupportedException(
              "kubeconfig.bad-proxy",
              "the proxy for cluster %s has the scheme %s"
                  .formatted(cluster.name(), proxy.getScheme()),
              "use http, https or socks5");
    }
  }

  private static void http(URI proxy, int standardPort, OkHttpClient.Builder to) {
    int port = proxy.getPort() < 0 ? standardPort : proxy.getPort();
    to.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
    String user = proxy.getUserInfo();
    if (user != null) {
      String[] pair = user.split(":", 2);
      String header = Credentials.basic(pair[0], pair.length > 1 ? pair[1] : "");
      to.proxyAuthenticator((route, response) ->
          response.request().header("Proxy-Authorization") != null
              ? null
              : response.request().newBuilder().header("Proxy-Authorization", header).build());
    }
  }

  private static void socks(URI proxy, ClusterEntry cluster, OkHttpClient.Builder to) {
    if (proxy.getUserInfo() != null) {
      throw new UnsupportedException(
          "kubeconfig.bad-proxy",
          "the SOCKS proxy for cluster " + cluster.name() + " wants a password",
          "use a SOCKS proxy without one, or an HTTP proxy");
    }
    int port = proxy.getPort() < 0 ? 1080 : proxy.getPort();
    to.proxy(
        new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
  }

  /// golang.org/x/net/http/httpproxy.
  static String ofEnvironment(String server, Map<String, String> environment) {
    URI uri = URI.create(server);
    String host = uri.getHost() == null ? "" : uri.getHost();
    String bare = host.replaceAll("^\\[|]$", "");
    if (bare.equals("localhost") || bare.startsWith("127.") || bare.equals("::1")) {
      return "";
    }
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    if (bypassed(bare, port, either(environment, "NO_PROXY"))) {
      return "";
    }
    return either(environment, tls ? "HTTPS_PROXY" : "HTTP_PROXY");
  }

  private static String either(Map<String, String> environment, String name) {
    String upper = environment.getOrDefault(name, "");
    return upper.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : upper;
  }

  private static boolean bypassed(String host, int port, String exceptions) {
    return Arrays.stream(exceptions.split(","))
        .map(String::strip)
        .filter(e -> !e.isEmpty())
        .anyMatch(e -> matches(host.toLowerCase(Locale.ROOT), port, e.toLowerCase(Locale.ROOT)));
  }

  private static boolean matches(String host, int port, String exception) {
    if (exception.equals("*")) {
      return true;
    }
    if (exception.contains("/")) {
      return AddressRange.contains(exception, host);
    }
    String wanted = exception;
    int colon = exception.lastIndexOf(':');
    if (colon > 0 && exception.indexOf(':') == colon) {
      if (!exception.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      wanted = exception.substring(0, colon);
    }
    String suffix = wanted.startsWith("*.") ? wanted.substring(1) : wanted;
    return suffix.startsWith(".")
        ? host.endsWith(suffix)
        : host.equals(suffix) || host.endsWith("." + suffix);
  }
}
