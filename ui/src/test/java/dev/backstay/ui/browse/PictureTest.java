package dev.backstay.ui.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Pictures are decoded small, whatever they claim.
final class PictureTest {

  private static byte[] picture(int width, int height, int type, String format, int argb)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int x = 0; x < width; x++) {
      image.setRGB(x, 0, argb);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out));
    return out.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }

  private static byte[] header(int width, int height, int bits, int colours) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(width);
    data.writeInt(height);
    data.write(new byte[] {(byte) bits, (byte) colours, 0, 0, 0});
    return out.toByteArray();
  }

  /// A PNG of zeros.
  private static byte[] zeros(int width, int height, int rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(0x89504e470d0a1a0aL);
    chunk(out, "IHDR", header(width, height, 16, 6));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      byte[] row = new byte[rows == 0 ? 0 : 1 + 8 * width];
      for (int y = 0; y < rows; y++) {
        deflater.write(row);
      }
    }
    chunk(out, "IDAT", packed.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static Preview of(byte[] bytes, String name) {
    return Previewer.of(FetchedRanges.of(bytes), "/volumes/data/" + name);
  }

  @Test
  void everyFormat() throws IOException {
    for (String format : List.of("png", "jpg", "gif", "bmp")) {
      byte[] bytes = picture(30, 20, BufferedImage.TYPE_INT_RGB, format, 0xffffffff);
      Preview.Picture picture = assertInstanceOf(Preview.Picture.class, of(bytes, "a." + format));
      assertEquals(30, picture.width(), format);
      assertEquals(20, picture.height(), format);
      assertEquals(600, picture.pixels().capacity(), format);
      assertTrue(picture.note().contains("30 × 20"), picture.note());
    }
  }

  @Test
  void pixelsAreMultipliedByTheirAlpha() throws IOException {
    byte[] bytes = picture(2, 2, BufferedImage.TYPE_INT_ARGB, "png", 0x80ff4000);
    Preview.Picture picture = assertInstanceOf(Preview.Picture.class, of(bytes, "a.png"));
    assertEquals(0x80802000, picture.pixels().get(0));
    assertEquals(0, picture.pixels().get(2));
  }

  @Test
  void grayStaysAsDarkAsItIs() throws IOException {
    BufferedImage gray = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSample(0, 0, 0, 0x60);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(gray, "png", out);
    Preview.Picture picture =
        assertInstanceOf(Preview.Picture.class, of(out.toByteArray(), "a.png"));
    assertEquals(0xff606060, picture.pixels().get(0));
  }

  @Test
  void aLargePictureBecomesSmall() throws IOException {
    byte[] bytes = picture(5000, 1000, BufferedImage.TYPE_INT_RGB, "png", 0xff102030);
    Preview.Picture picture = assertInstanceOf(Preview.Picture.class, of(bytes, "a.PNG"));
    assertEquals(1250, picture.width());
    assertEquals(250, picture.height());
    assertTrue(picture.note().contains("5000 × 1000"), picture.note());
  }

  @Test
  void onlyTheHeaderIsFetchedOfAPictureWithTooManyPixels() throws IOException {
    byte[] bytes = Arrays.copyOf(zeros(40_000, 40_000, 1), 10 << 20);
    FetchedRanges file = FetchedRanges.of(bytes);
    Preview.Nothing nothing =
        assertInstanceOf(Preview.Nothing.class, Previewer.of(file, "/volumes/data/a.png"));
    assertTrue(nothing.note().contains("40000"), nothing.note());
    assertTrue(file.bytes <= 128 << 10, "fetched " + file.bytes);
    assertInstanceOf(Preview.Nothing.class, of(zeros(30_000_000, 2, 0), "a.png"));
    assertInstanceOf(Preview.Nothing.class, of(zeros(Integer.MAX_VALUE, 40_000, 0), "a.png"));
  }

  /// 64-bit pixels of the most that are decoded: half a gigabyte, in a file of half a megabyte.
  @Test
  void aBombWithinTheBoundsTakesNoMoreMemoryThanASmallPicture() throws IOException {
    byte[] bytes = zeros(8_000, 8_000, 8_000);
    assertTrue(bytes.length < 1 << 20);
    Preview.Picture picture = assertInstanceOf(Preview.Picture.class, of(bytes, "a.png"));
    assertEquals(1600, picture.width());
    assertEquals(1600 * 1600, picture.pixels().capacity());
  }

  @Test
  void whatCannotBeDecodedSaysSo() throws IOException {
    byte[] whole = picture(300, 200, BufferedImage.TYPE_INT_RGB, "png", 0xff102030);
    assertInstanceOf(Preview.Nothing.class, of(Arrays.copyOf(whole, whole.length / 2), "a.png"));
  }

  @Test
  void noPictureIsShownByItsBytes() {
    byte[] text = "no picture\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    FetchedRanges file = FetchedRanges.of(text);
    assertInstanceOf(Preview.Text.class, Previewer.of(file, "/volumes/data/a.png"));
    assertTrue(file.bytes <= 512 << 10, "fetched " + file.bytes);
    assertInstanceOf(Preview.Hex.class, of(new byte[5], "a.jpg"));
    byte[] tiff = {'I', 'I', 42, 0, 8, 0, 0, 0};
    assertInstanceOf(Preview.Hex.class, of(tiff, "a.png"));
  }
}
