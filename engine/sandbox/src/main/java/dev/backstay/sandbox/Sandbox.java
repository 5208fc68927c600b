package dev.backstay.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A Kubernetes cluster inside this process: a real HTTP server on the loopback address, whose
/// volumes are folders. Safe for use by many threads.
///
/// It has one node, the storage classes `standard` (default, WaitForFirstConsumer), `immediate`,
/// `premium` (Retain), `local` and `failing`, the VolumeSnapshot classes `snap` (default),
/// `snap-retain`, `snap-failing` and `snap-slow`, and the group class `group`. Its cluster id is
/// the uid of the namespace `kube-system`, as everywhere.
public final class Sandbox implements AutoCloseable {

  private Sandbox() {}

  @SuppressWarnings("TypeParameterUnusedInFormals") // only until the bodies land
  private static <T> T unfinished(String what) {
    throw new UnsupportedOperationException(what);
  }

  public static Sandbox start(SandboxOptions options) {
    return unfinished(options.toString());
  }

  /// Where it listens: `https://127.0.0.1:PORT`.
  public URI server() {
    return unfinished("");
  }

  /// A kubeconfig file for an administrator; one context, `sandbox`, namespace `default`.
  public Path kubeconfig() {
    return unfinished("");
  }

  /// Writes a kubeconfig file for a named user who has only what Roles give them; its context is
  /// `sandbox-USER` with this namespace. Needs TLS (see [SandboxOptions#tls()]).
  public Path kubeconfig(String user, String namespace) {
    return unfinished(user + namespace);
  }

  /// The folder that holds a bound claim's files.
  ///
  /// @throws dev.backstay.model.NotFoundException if there is no such claim or it is not bound
  public Path volume(String namespace, String pvc) {
    return unfinished(namespace + pvc);
  }

  /// Creates or replaces every object of a YAML stream, as `kubectl apply -n NAMESPACE -f -`.
  public void apply(String namespace, String yaml) {
    unfinished(namespace + yaml);
  }

  /// One object as JSON.
  ///
  /// @param resource plural, with the group if it has one: `configmaps`, `deployments.apps`
  /// @param namespace empty for cluster-scoped ones
  public Optional<String> get(String resource, String namespace, String name) {
    return unfinished(resource + namespace + name);
  }

  /// Deletes one object as `kubectl delete --wait=false` does; nothing happens if it is not there.
  public void delete(String resource, String namespace, String name) {
    unfinished(resource + namespace + name);
  }

  /// Waits until the controllers have nothing to do: pods are ready, claims bound, or stuck.
  ///
  /// @throws dev.backstay.model.TimedOutException if they still work after that time
  public void settle(Duration atMost) {
    unfinished(atMost.toString());
  }

  public Faults faults() {
    return unfinished("");
  }

  /// Stops the server; volumes stay where they are.
  @Override
  public void close() {}
}
