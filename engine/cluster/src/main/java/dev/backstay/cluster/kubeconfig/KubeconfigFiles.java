package dev.backstay.cluster.kubeconfig;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which kubeconfig files to read, in kubectl's order of precedence.
///
/// @param files the first that names something wins
/// @param mustExist whether a missing file is an error: true for `--kubeconfig`
/// @param defaultFile `~/.kube/config`, whose programs run without asking
public record KubeconfigFiles(List<Path> files, boolean mustExist, Path defaultFile) {

  public KubeconfigFiles {
    files = List.copyOf(files);
  }

  /// `--kubeconfig`, else `KUBECONFIG`, else `~/.kube/config`.
  ///
  /// @param explicit the value of `--kubeconfig`, or null
  public static KubeconfigFiles of(
      @Nullable Path explicit, Map<String, String> environment, Path home) {
    Path standard = home.resolve(".kube").resolve("config");
    if (explicit != null) {
      return new KubeconfigFiles(List.of(explicit), true, standard);
    }
    List<Path> named =
        Arrays.stream(environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator, -1))
            .filter(name -> !name.isEmpty())
            .map(Path::of)
            .distinct()
            .toList();
    return named.isEmpty()
        ? new KubeconfigFiles(List.of(standard), false, standard)
        : new KubeconfigFiles(named, false, standard);
  }
}
