import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Draws the icon in every size from its one master, when the project is built: `Sizes MASTER.svg
/// FOLDER`.
final class Sizes {

  private static final int[] SIZES = {16, 32, 48, 64, 128, 256, 512};

  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Path master = Path.of(args[0]);
    Path folder = Files.createDirectories(Path.of(args[1]));
    SVGDocument document = new SVGLoader().load(master.toUri().toURL());
    if (document == null) {
      throw new IOException(master + " is no SVG");
    }
    for (int size : SIZES) {
      ImageIO.write(
          draw(document, size), "png", folder.resolve("backstay-" + size + ".png").toFile());
    }
  }

  private static BufferedImage draw(SVGDocument document, int size) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    document.render((java.awt.Component) null, graphics, new ViewBox(0, 0, size, size));
    graphics.dispose();
    return image;
  }
}
