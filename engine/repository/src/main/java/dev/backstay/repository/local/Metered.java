package dev.backstay.repository.local;

import dev.backstay.model.Meter;
import java.io.IOException;
import java.io.OutputStream;

/// Counts bytes on their way.
final class Metered extends OutputStream {

  private final OutputStream out;
  private final Meter meter;

  Metered(OutputStream out, Meter meter) {
    this.out = out;
    this.meter = meter;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    meter.add(0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    out.write(bytes, from, length);
    meter.add(0, length);
  }
}
