package dev.backstay.cluster.volume;

import dev.backstay.cluster.mover.FileSink;
import dev.backstay.cluster.mover.FilesOut;
import dev.backstay.cluster.mover.Mover;
import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry;
import dev.backstay.model.ItemFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A volume that can be read. Used by one thread; the [VolumeSet] it came from releases it.
public final class VolumeReader {

  private final FilesOut files;
  private final @Nullable Instant cut;

  VolumeReader(Mover mover, String pvc, @Nullable Instant cut) {
    this.files = new FilesOut(mover, pvc);
    this.cut = cut;
  }

  /// When its VolumeSnapshot was cut, if it is read from one.
  public Optional<Instant> cut() {
    return Optional.ofNullable(cut);
  }

  /// See [FilesOut#list].
  public List<ItemFailure> list(CancelToken cancel, Consumer<FileEntry> entries) {
    return files.list(cancel, entries);
  }

  /// See [FilesOut#read].
  public List<ItemFailure> read(List<FileEntry> wanted, FileSink sink, CancelToken cancel) {
    return files.read(wanted, sink, cancel);
  }

  /// See [FilesOut#readFrom].
  public List<ItemFailure> readFrom(
      FileEntry file, long offset, FileSink sink, CancelToken cancel) {
    return files.readFrom(file, offset, sink, cancel);
  }
}
