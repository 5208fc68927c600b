package dev.backstay.app.console;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The process's standard output, which remembers that it could not be written: print streams do
/// not say so.
final class StandardOutput extends OutputStream {

  private final FileOutputStream out;
  private volatile @Nullable IOException failure;

  StandardOutput(FileOutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /// Why data got lost; null if none did.
  @Nullable IOException failure() {
    return failure;
  }

  /// Whether whoever reads it has seen enough, as `head` does.
  boolean readerLeft() {
    IOException e = failure;
    return e != null && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
  }
}
