package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import java.io.InputStream;

/// A file of the repository as a stream. Whoever closes it from another thread waits for a read
/// that is under way: its array would serve another file meanwhile.
final class FileStream extends InputStream {

  private final FileReader reader;
  private final CancelToken cancel = new CancelToken();
  private PlainBlob blob = PlainBlob.NONE;
  private int at;
  private boolean ended;

  FileStream(FileReader reader) {
    this.reader = reader;
  }

  @Override
  public synchronized int read() {
    return ready() ? blob.bytes()[at++] & 0xff : -1;
  }

  @Override
  public synchronized int read(byte[] into, int from, int length) {
    if (length == 0) {
      return 0;
    }
    if (!ready()) {
      return -1;
    }
    int count = Math.min(length, blob.length() - at);
    System.arraycopy(blob.bytes(), at, into, from, count);
    at += count;
    return count;
  }

  private boolean ready() {
    if (at == blob.length() && !ended) {
      blob = reader.next(cancel);
      at = 0;
      ended = blob.length() == 0;
    }
    return !ended;
  }

  @Override
  public synchronized void close() {
    ended = true;
    blob = PlainBlob.NONE;
    at = 0;
    reader.close();
  }
}
