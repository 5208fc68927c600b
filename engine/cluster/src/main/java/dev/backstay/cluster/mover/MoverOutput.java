package dev.backstay.cluster.mover;

import dev.backstay.model.UnreachableException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The output of a verb that ends in a trailer.
final class MoverOutput implements AutoCloseable {

  private final TrailerStream stream;
  private final AutoCloseable call;
  private final String what;
  private final @Nullable String sentHash;

  /// @param sentHash the hash of what was sent, if the trailer's is to be that; null if it is of
  ///   the output
  MoverOutput(InputStream in, AutoCloseable call, String what, @Nullable String sentHash) {
    this.stream = new TrailerStream(in, what, sentHash == null);
    this.sentHash = sentHash;
    this.call = call;
    this.what = what;
  }

  /// The data, without the trailer.
  InputStream stream() {
    return stream;
  }

  /// The exit status, once the stream was read to its end: 0 if nothing in it failed.
  int status() {
    return stream.status();
  }

  /// Compares the hash of what was sent with what the pod got.
  void check() {
    if (!stream.hash().equals(sentHash)) {
      throw new UnreachableException(
          "mover.cut", what + ": not all that was sent arrived", "run the job again");
    }
  }

  @Override
  public void close() {
    try {
      call.close();
    } catch (Exception e) {
      throw new IllegalStateException(e); // neither kind of call throws
    }
  }
}
