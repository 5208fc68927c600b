package dev.backstay.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Small PNG pictures (RFC 2083): stripes, each in its own colours.
final class Picture {

  private static final int SIZE = 96;
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private Picture() {}

  static byte[] png(int number) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    byte[] head =
        ByteBuffer.allocate(13).putInt(SIZE).putInt(SIZE).put((byte) 8).put((byte) 2).array();
    chunk(out, "IHDR", head, head.length);
    byte[] packed = new byte[SIZE * SIZE * 4];
    Deflater deflater = new Deflater();
    deflater.setInput(pixels(number));
    deflater.finish();
    int length = deflater.deflate(packed);
    deflater.end();
    chunk(out, "IDAT", packed, length);
    chunk(out, "IEND", packed, 0);
    return out.toByteArray();
  }

  private static byte[] pixels(int number) {
    ByteBuffer pixels = ByteBuffer.allocate(SIZE * (SIZE * 3 + 1));
    for (int y = 0; y < SIZE; y++) {
      pixels.put((byte) 0);
      for (int x = 0; x < SIZE; x++) {
        int stripe = (x + y * (number % 7)) / (3 + number % 11);
        pixels.put((byte) (number * 37 + stripe * 5));
        pixels.put((byte) (number * 91 + x * y));
        pixels.put((byte) (255 - number * 13 - stripe));
      }
    }
    return pixels.array();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data, 0, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    out.writeBytes(name);
    out.write(data, 0, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
