package dev.backstay.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A namespace of a cluster.
///
/// @param name its name
/// @param phase `Active`, `Terminating`, or `Unknown` where it may not be read
/// @param created when it was made, null where that may not be read
/// @param origin how we know of it
public record NamespaceInfo(
    String name, String phase, @Nullable Instant created, NamespaceOrigin origin) {

  /// Users with few rights cannot list namespaces, but have some.
  public enum NamespaceOrigin {
    /// The cluster listed it.
    LISTED,
    /// The kubeconfig's context names it.
    CONTEXT,
    /// The user named it, or a restore point does.
    PINNED
  }
}
