package dev.backstay.cluster.manifest;

/// Takes manifests one at a time. Called by several threads, but never by two at once. What it
/// throws ends the reading and comes out of it.
@FunctionalInterface
public interface ManifestSink {
  void accept(Manifest manifest);
}
