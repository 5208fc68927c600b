package dev.backstay.cluster.mover;

import dev.backstay.model.FileEntry;
import java.io.InputStream;

/// Takes the content of one file after the other.
@FunctionalInterface
public interface FileSink {
  /// Called on the reader's thread. What is left unread of the content is passed over; the stream
  /// must not be used after the call.
  void accept(FileEntry file, InputStream content);
}
