import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Marks a `module-info.class` as written for Java 17, so that the jar tool of the Java that Maven
/// runs on can read it; its content is the same in both. Does nothing where there is none.
public final class Descriptor {

  private static final int MAJOR_VERSION = 7; // JVMS 4.1: u4 magic, u2 minor, u2 major
  private static final byte JAVA_17 = 61;

  private Descriptor() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0], "module-info.class");
    if (Files.exists(file)) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[MAJOR_VERSION] = JAVA_17;
      Files.write(file, bytes);
    }
  }
}
