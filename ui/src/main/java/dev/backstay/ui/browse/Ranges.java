package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.ByteArrayOutputStream;

/// The bytes of one file, fetched piece by piece. Tests count what is fetched.
interface Ranges {

  /// Of the whole file, in bytes.
  long size();

  /// Blocks until they are there.
  ///
  /// @return fewer than asked for only at the end of the file
  /// @throws dev.backstay.model.EngineException if the repository cannot give them
  byte[] read(long offset, int length);

  /// A file of a restore point.
  static Ranges of(RepositorySession session, String snapshot, Entry entry, CancelToken cancel) {
    return new Ranges() {
      @Override
      public long size() {
        return entry.size();
      }

      @Override
      public byte[] read(long offset, int length) {
        cancel.checkpoint();
        int most = Math.clamp(entry.size() - offset, 0, length);
        ByteArrayOutputStream out = new ByteArrayOutputStream(most);
        session.cat(snapshot, entry.path(), offset, most, out, cancel);
        return out.toByteArray();
      }
    };
  }
}
