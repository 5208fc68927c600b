package dev.backstay.cluster.kubeconfig;

import dev.backstay.model.ContextInfo;
import dev.backstay.model.ItemFailure;
import java.util.List;
import java.util.Optional;

/// The merged kubeconfigs. Immutable.
public final class Kubeconfig {

  /// Reads and merges the files. A broken file is a problem of its own and hides none of the
  /// others.
  ///
  /// @throws dev.backstay.model.EngineException only if a file that must exist does not
  public static Kubeconfig load(KubeconfigFiles files) {
    return dev.backstay.cluster.Pending.body(files);
  }

  /// Every context by name, as kubectl orders them.
  public List<ContextInfo> contexts() {
    return dev.backstay.cluster.Pending.body();
  }

  /// What could not be read, one entry per file.
  public List<ItemFailure> problems() {
    return dev.backstay.cluster.Pending.body();
  }

  public Optional<String> currentContext() {
    return dev.backstay.cluster.Pending.body();
  }
}
