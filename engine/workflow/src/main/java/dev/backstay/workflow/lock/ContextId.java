package dev.backstay.workflow.lock;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which context is meant: two kubeconfigs may both define `default`, and unlocking one of them
/// must not unlock the other.
///
/// @param kubeconfig the file that was asked for, null for `KUBECONFIG` or the default one
/// @param name the context's name there
public record ContextId(@Nullable Path kubeconfig, String name) {

  /// One of `KUBECONFIG` or the default file.
  public static ContextId of(String name) {
    return new ContextId(null, name);
  }
}
