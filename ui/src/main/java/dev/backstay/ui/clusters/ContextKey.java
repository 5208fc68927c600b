package dev.backstay.ui.clusters;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A context as the user can tell it from others: two files may both define `default`.
///
/// @param kubeconfig an additional file, null for `KUBECONFIG` and the default file
/// @param name the context's name
public record ContextKey(@Nullable Path kubeconfig, String name) {

  /// As remembered.
  public String text() {
    return kubeconfig == null ? name : kubeconfig + "#" + name;
  }

  /// As shown: `folder/file/context` for contexts of additional files, since many a file is called
  /// `config` and many a context `default`.
  public String label() {
    if (kubeconfig == null) {
      return name;
    }
    int count = kubeconfig.getNameCount();
    return kubeconfig.subpath(Math.max(0, count - 2), count) + "/" + name;
  }
}
