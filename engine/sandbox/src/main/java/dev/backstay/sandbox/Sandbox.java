package dev.backstay.sandbox;

import dev.backstay.model.InternalException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import dev.backstay.model.TimedOutException;
import dev.backstay.sandbox.access.Access;
import dev.backstay.sandbox.access.Tokens;
import dev.backstay.sandbox.access.User;
import dev.backstay.sandbox.api.DeleteOptions;
import dev.backstay.sandbox.api.Manifests;
import dev.backstay.sandbox.api.Operations;
import dev.backstay.sandbox.api.Seeding;
import dev.backstay.sandbox.control.Controllers;
import dev.backstay.sandbox.http.ApiHandler;
import dev.backstay.sandbox.http.ApiServer;
import dev.backstay.sandbox.http.Authentication;
import dev.backstay.sandbox.http.Certificate;
import dev.backstay.sandbox.http.Reads;
import dev.backstay.sandbox.http.Reviews;
import dev.backstay.sandbox.http.Streams;
import dev.backstay.sandbox.http.Watching;
import dev.backstay.sandbox.http.Writes;
import dev.backstay.sandbox.mover.PodCommands;
import dev.backstay.sandbox.mover.PodFiles;
import dev.backstay.sandbox.state.Disturbance;
import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import dev.backstay.sandbox.state.State;
import dev.backstay.sandbox.volume.Volumes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ObjectNode;

/// A Kubernetes cluster inside this process: a real HTTP server on the loopback address, whose
/// volumes are folders. Safe for use by many threads.
///
/// It has one node, the storage classes `standard` (default, WaitForFirstConsumer), `immediate`,
/// `premium` (Retain), `local` and `failing`, the VolumeSnapshot classes `snap` (default),
/// `snap-retain`, `snap-failing` and `snap-slow`, and the group class `group`. Its cluster id is
/// the uid of the namespace `kube-system`, as everywhere.
public final class Sandbox implements AutoCloseable {

  private final SandboxOptions options;
  private final Faults faults = new Faults();
  private final Requests requests = new Requests();
  private final Tokens tokens = new Tokens();
  private final Operations operations;
  private final PodFiles podFiles;
  private final Controllers controllers;
  private final Reads reads;
  private final Optional<Certificate> certificate;
  private final ApiServer server;

  private Sandbox(SandboxOptions options) throws Exception {
    this.options = options;
    InstantSource clock = InstantSource.system();
    Files.createDirectories(options.folder());
    State state = new State(options.history());
    Resources resources = new Resources();
    this.operations = new Operations(state, resources, clock, new SplittableRandom());
    Volumes volumes = new Volumes(options.folder().resolve("volumes"));
    Disturbance disturbance = new FaultBridge(faults, requests);
    this.controllers = new Controllers(operations, volumes, disturbance, options.podStart());
    this.certificate =
        options.tls() ? Optional.of(Certificate.create(clock.instant())) : Optional.empty();
    this.server = new ApiServer(options.port(), certificate);
    this.reads = new Reads(operations);
    this.podFiles = new PodFiles(state, resources, volumes);
    Access access = new Access(state, resources);
    User withoutToken = options.tls() ? User.ANONYMOUS : User.ADMIN;
    ApiHandler.Parts parts =
        new ApiHandler.Parts(
            reads,
            new Watching(operations, disturbance),
            new Writes(operations, tokens),
            new Reviews(access, tokens),
            new Streams(operations, new PodCommands(podFiles), disturbance, server));
    ApiHandler handler =
        new ApiHandler(
            new Authentication(tokens, access, withoutToken),
            access,
            resources,
            disturbance,
            parts);
    seed();
    controllers.start();
    server.start(handler);
  }

  public static Sandbox start(SandboxOptions options) {
    try {
      return new Sandbox(options);
    } catch (IOException e) {
      throw new StorageException(
          "sandbox.start",
          "the demo cluster cannot use " + options.folder() + ": " + e.getMessage(),
          "choose a folder that can be written, and a port that is free",
          e);
    } catch (Exception e) {
      throw new InternalException("sandbox.start", "the demo cluster did not start", "", e);
    }
  }

  private void seed() throws IOException {
    try (InputStream in = Sandbox.class.getResourceAsStream("cluster.yaml")) {
      byte[] yaml = Objects.requireNonNull(in).readAllBytes();
      apply("", new String(yaml, StandardCharsets.UTF_8));
    }
  }

  /// Where it listens: `https://127.0.0.1:PORT`.
  public URI server() {
    return server.address();
  }

  /// A kubeconfig file for an administrator; one context, `sandbox`, namespace `default`.
  public Path kubeconfig() {
    return kubeconfig(User.ADMIN, "sandbox", "default");
  }

  /// Writes a kubeconfig file for a named user who has only what Roles give them; its context is
  /// `sandbox-USER` with this namespace. Needs TLS (see [SandboxOptions#tls()]).
  public Path kubeconfig(String user, String namespace) {
    return kubeconfig(User.named(user), "sandbox-" + user, namespace);
  }

  private Path kubeconfig(User user, String context, String namespace) {
    Path file = options.folder().resolve("kubeconfig-" + context + ".yaml");
    return KubeconfigFile.write(
        file, server(), certificate.map(Sandbox::pem), context, namespace, tokens.issue(user));
  }

  private static String pem(Certificate certificate) {
    try {
      return certificate.pem();
    } catch (java.security.GeneralSecurityException e) {
      throw new InternalException("sandbox.certificate", "the certificate is broken", "", e);
    }
  }

  /// The folder that holds a bound claim's files.
  ///
  /// @throws dev.backstay.model.NotFoundException if there is no such claim or it is not bound
  public Path volume(String namespace, String pvc) {
    return podFiles
        .folder(namespace, pvc)
        .orElseThrow(() ->
            new NotFoundException(
                "sandbox.no-volume",
                "the PVC " + namespace + "/" + pvc + " is not bound",
                "start a pod that uses it, or wait"));
  }

  /// Creates or replaces every object of a YAML stream, as `kubectl apply -n NAMESPACE -f -`.
  public void apply(String namespace, String yaml) {
    try {
      for (ObjectNode object : Manifests.read(yaml)) {
        Seeding.apply(operations, namespace, object);
      }
    } catch (Refusal e) {
      throw new InvalidInputException("sandbox.apply", String.valueOf(e.getMessage()), "", e);
    }
  }

  /// One object as JSON.
  ///
  /// @param resource plural, with the group if it has one: `configmaps`, `deployments.apps`
  /// @param namespace empty for cluster-scoped ones
  public Optional<String> get(String resource, String namespace, String name) {
    return operations.find(resource, namespace, name).map(Json::string);
  }

  /// The names of all objects of a kind.
  ///
  /// @param resource plural, with the group if it has one
  /// @param namespace empty for cluster-scoped ones
  public List<String> names(String resource, String namespace) {
    return operations.list(resource, namespace).stream().map(Json::name).sorted().toList();
  }

  /// Deletes one object as `kubectl delete --wait=false` does; nothing happens if it is not there.
  public void delete(String resource, String namespace, String name) {
    Optional<Resource> kind = operations.resources().findStorage(resource);
    Optional<ObjectNode> object = operations.find(resource, namespace, name);
    if (kind.isPresent() && object.isPresent()) {
      try {
        operations.delete(kind.get(), object.get(), DeleteOptions.BACKGROUND);
      } catch (Refusal e) {
        throw new InvalidInputException("sandbox.delete", String.valueOf(e.getMessage()), "", e);
      }
    }
  }

  /// Serves no kind of an API group any more, as a cluster in which its CRDs were never installed.
  public void withdraw(String group) {
    operations.resources().withdraw(group);
  }

  /// Waits until the controllers have nothing to do: pods are ready, claims bound, or stuck.
  ///
  /// @throws dev.backstay.model.TimedOutException if they still work after that time
  public void settle(Duration atMost) {
    if (!controllers.settle(atMost)) {
      throw new TimedOutException(
          "sandbox.busy", "the demo cluster did not come to rest in " + atMost, "");
    }
  }

  /// The next page that somebody asks for of a list read earlier is gone: they get 410.
  public void expirePages() {
    reads.expirePages();
  }

  /// Forgets the changes until now: a watch from an older version gets 410.
  public void forgetChanges() {
    operations.state().compact();
  }

  public Faults faults() {
    return faults;
  }

  /// What arrives by the wire, for tests of what must not.
  public Requests requests() {
    return requests;
  }

  /// Stops the server; volumes stay where they are.
  @Override
  public void close() {
    faults.clear();
    controllers.close();
    server.close();
  }
}
