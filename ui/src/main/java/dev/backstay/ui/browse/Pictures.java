package dev.backstay.ui.browse;

import dev.backstay.model.EngineException;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.IntBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/// Decodes pictures, for any thread. Every nth pixel only is kept while reading, so that a picture
/// of many pixels takes no more memory than one that fills the pane.
final class Pictures {

  /// Neither side of what is shown is longer.
  static final int LONGEST_SIDE = 1_600;

  /// More are not even looked through: it would take seconds.
  static final long MOST_PIXELS = 64_000_000;

  /// A decoder holds a few lines at a time.
  private static final int LONGEST_LINE = 65_535;

  private static final long LARGEST_FILE = 16L << 20;
  private static final List<String> NAMES = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");
  private static final List<String> FORMATS = List.of("png", "jpeg", "gif", "bmp");

  private Pictures() {}

  static boolean covers(String name, long size) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.stream().anyMatch(lower::endsWith) && size <= LARGEST_FILE;
  }

  /// The header tells how large it would become before any more of it is fetched.
  ///
  /// @return empty if it is no picture, whatever its name says
  static Optional<Preview> of(Ranges file) {
    // Nothing of a restore point goes into files of the laptop: the cache is in memory.
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new RangeStream(file, LARGEST_FILE))) {
      ImageReader reader = reader(in);
      if (reader == null) {
        return Optional.empty();
      }
      try {
        reader.setInput(in, true, true);
        return Optional.of(read(reader, file.size()));
      } finally {
        reader.dispose();
      }
    } catch (EngineException e) {
      throw e;
    } catch (IOException | RuntimeException _) {
      return Optional.empty(); // no picture after all; its bytes are shown
    }
  }

  /// Null for what is none of the formats.
  private static @Nullable ImageReader reader(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    return null;
  }

  private static Preview read(ImageReader reader, long size) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    int longest = Math.max(width, height);
    if ((long) width * height > MOST_PIXELS || longest > LONGEST_LINE) {
      return new Preview.Nothing(Texts.of("preview.too-many-pixels", width, height));
    }
    int every = Math.ceilDiv(longest, LONGEST_SIDE);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceSubsampling(every, every, 0, 0);
    try {
      BufferedImage image = reader.read(0, param);
      return new Preview.Picture(
          pixels(image),
          image.getWidth(),
          image.getHeight(),
          Texts.of("preview.picture", width, height, Amounts.bytes(size)));
    } catch (EngineException e) {
      throw e;
    } catch (IOException | RuntimeException _) {
      return new Preview.Nothing(Texts.of("preview.bad-picture"));
    }
  }

  private static IntBuffer pixels(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels =
        image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
            ? gray(image)
            : image.getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = multiplied(pixels[i]);
    }
    return IntBuffer.wrap(pixels);
  }

  /// Java takes gray for linear and would draw it too bright; files mean sRGB.
  private static int[] gray(BufferedImage image) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int most = (1 << model.getComponentSize(0)) - 1;
    int[] pixels = new int[image.getWidth() * image.getHeight()];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % image.getWidth();
      int y = i / image.getWidth();
      int gray = raster.getSample(x, y, 0) * 255 / most;
      int alpha = raster.getNumBands() > 1 ? raster.getSample(x, y, 1) * 255 / most : 255;
      pixels[i] = alpha << 24 | gray << 16 | gray << 8 | gray;
    }
    return pixels;
  }

  private static int multiplied(int argb) {
    int alpha = argb >>> 24;
    int red = (argb >> 16 & 0xff) * alpha / 255;
    int green = (argb >> 8 & 0xff) * alpha / 255;
    int blue = (argb & 0xff) * alpha / 255;
    return alpha << 24 | red << 16 | green << 8 | blue;
  }
}
