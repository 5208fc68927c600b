package dev.backstay.cluster.connection;

import dev.backstay.cluster.kubeconfig.ClusterEntry;
import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.cluster.kubeconfig.ResolvedContext;
import dev.backstay.model.CancelToken;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.HostnameVerifier;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/// The OkHttp clients of one connection: they share pool, credentials and TLS and differ in their
/// time-outs.
final class Transport implements AutoCloseable {

  private final ConnectionSettings settings;
  private final Timing timing;
  private final HttpUrl base;
  private final ExecutorService threads;
  private final OkHttpClient interactive;
  private final OkHttpClient streaming;
  private final OkHttpClient watching;
  private final OkHttpClient probing;
  private final ConnectionPool pool = new ConnectionPool();
  private final Tls tls;
  private final SleepWatch sleep;
  private final AtomicReference<Credentials> credentials;
  private volatile ResolvedContext context;

  Transport(
      ResolvedContext context,
      Impersonation impersonation,
      ConnectionSettings settings,
      Timing timing) {
    ClusterEntry cluster = context.cluster();
    this.settings = settings;
    this.timing = timing;
    this.context = context;
    this.base = HttpUrl.get(cluster.server());
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.credentials = new AtomicReference<>(credentials(context));
    this.tls = new Tls(cluster, credentials::get);
    OkHttpClient.Builder builder = builder(cluster, tls, timing).connectionPool(pool);
    builder.addInterceptor(new Guarding(context.name(), base, settings.lock()));
    builder.addInterceptor(new Authenticating(credentials::get, impersonation));
    ProxyChoice.apply(cluster, settings.environment(), builder);
    this.interactive = builder.build();
    this.streaming =
        interactive
            .newBuilder()
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .protocols(List.of(Protocol.HTTP_1_1))
            .build();
    this.watching = interactive.newBuilder().readTimeout(Duration.ofMinutes(6)).build();
    this.probing =
        interactive.newBuilder().readTimeout(timing.connect()).connectionPool(ownPool()).build();
    this.sleep = new SleepWatch(settings.clock(), System::nanoTime).start();
    var _ = sleep.onAwake(this::reconnect);
  }

  /// What is kept of a probe's connection would answer for the next one.
  private static ConnectionPool ownPool() {
    return new ConnectionPool(0, 1, TimeUnit.SECONDS);
  }

  /// The proxy in between, `host:port`; empty for none.
  String proxy() {
    Proxy proxy = interactive.proxy();
    return proxy != null && proxy.address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "";
  }

  private Credentials credentials(ResolvedContext from) {
    var plugin = from.user().exec();
    if (plugin == null) {
      return new Credentials(from.user(), settings.clock(), null);
    }
    var protocol = new PluginProtocol(from, plugin, settings, timing);
    var exec = new ExecCredentials(protocol::issue, settings.clock(), this::reconnect);
    return new Credentials(from.user(), settings.clock(), exec);
  }

  /// New connections show what is current now.
  private void reconnect() {
    tls.forgetSessions();
    pool.evictAll();
  }

  /// Takes over what the kubeconfig says by now about the user. Requests on their way end with what
  /// they began with.
  ///
  /// @return false if it says something else about the cluster: that is another connection
  synchronized boolean renew(ResolvedContext fresh) {
    ResolvedContext known = context;
    if (!fresh.cluster().equals(known.cluster())
        || !fresh.user().impersonation().equals(known.user().impersonation())) {
      return false;
    }
    if (!fresh.user().equals(known.user())) {
      context = fresh;
      credentials.set(credentials(fresh));
      reconnect();
    }
    return true;
  }

  private OkHttpClient.Builder builder(ClusterEntry cluster, Tls tls, Timing timing) {
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(1024);
    dispatcher.setMaxRequestsPerHost(1024);
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .socketFactory(new KeptAlive())
            .connectTimeout(timing.connect())
            .readTimeout(timing.read())
            .writeTimeout(timing.read())
            .followRedirects(false)
            .hostnameVerifier(verifier(cluster));
    var sockets = tls.context().getSocketFactory();
    builder.sslSocketFactory(
        cluster.tlsServerName().isEmpty()
            ? sockets
            : new NamedTlsSockets(sockets, cluster.tlsServerName()),
        tls.trust());
    return builder;
  }

  private static HostnameVerifier verifier(ClusterEntry cluster) {
    if (cluster.insecure()) {
      return (host, session) -> true;
    }
    HostnameVerifier standard = new OkHttpClient().hostnameVerifier();
    String name = cluster.tlsServerName();
    return name.isEmpty() ? standard : (host, session) -> standard.verify(name, session);
  }

  OkHttpClient interactive() {
    return interactive;
  }

  OkHttpClient streaming() {
    return streaming;
  }

  OkHttpClient watching() {
    return watching;
  }

  /// Always by a new connection, and not patient.
  OkHttpClient probing() {
    return probing;
  }

  /// When the machine slept, so that long streams from before are dead.
  CancelToken.Registration onCut(Runnable listener) {
    return sleep.onAwake(listener);
  }

  HttpUrl base() {
    return base;
  }

  /// @param path absolute, its segments escaped already
  HttpUrl url(String path, Query query) {
    String prefix = base.encodedPath();
    String joined =
        (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + path;
    HttpUrl.Builder url = base.newBuilder().encodedPath(joined);
    query.parameters().forEach(p -> url.addQueryParameter(p.name(), p.value()));
    return url.build();
  }

  @Override
  public void close() {
    sleep.close();
    interactive.dispatcher().cancelAll();
    interactive.connectionPool().evictAll();
    threads.shutdown();
  }
}
