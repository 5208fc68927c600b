package dev.backstay.repository.local;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.tree.Node;
import java.nio.file.Path;

/// Writes a part of a snapshot into a folder of this machine, and nothing outside of it: names are
/// checked, and no symlink below the target is ever followed.
public class LocalRestorer {

  public LocalRestorer(OpenRepository repository) {
    throw new UnsupportedOperationException();
  }

  /// Restores the content of a folder into the target, or one file under its own name.
  ///
  /// @param node a folder or file, see [OpenRepository#node]
  /// @param target is made if it does not exist
  public RestoreReport restore(
      Node node, Path target, RestoreOptions options, CancelToken cancel, Meter meter) {
    throw new UnsupportedOperationException();
  }
}
