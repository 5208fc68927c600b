package dev.backstay.cluster.mover;

import dev.backstay.model.UnreachableException;
import java.io.InputStream;

/// The output of a verb that ends in a trailer.
final class MoverOutput implements AutoCloseable {

  private final TrailerStream stream;
  private final AutoCloseable call;
  private final String what;

  MoverOutput(InputStream in, AutoCloseable call, String what, boolean hashIsOfOutput) {
    this.stream = new TrailerStream(in, what, hashIsOfOutput);
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
  void check(String sent) {
    if (!stream.hash().equals(sent)) {
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
