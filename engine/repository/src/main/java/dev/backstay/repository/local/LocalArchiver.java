package dev.backstay.repository.local;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.repository.OpenRepository;
import java.nio.file.Path;
import java.util.List;

/// Backs up folders and files of this machine.
public class LocalArchiver {

  public LocalArchiver(OpenRepository repository) {
    throw new UnsupportedOperationException();
  }

  /// Saves the paths with everything below them and commits one snapshot. Files that cannot be read
  /// or change while they are read are failures in the report; the rest goes on.
  public ArchiveReport archive(
      List<Path> paths, ArchiveOptions options, CancelToken cancel, Meter meter) {
    throw new UnsupportedOperationException();
  }
}
