package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.items;
import static dev.backstay.ui.window.Steps.newest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.RestorePoint;
import dev.backstay.repository.FileContent;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.point.PointFilter;
import dev.backstay.workflow.repository.RepositorySession;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a window must live through: clusters that hang, repositories that go away, files that
/// nobody expects.
final class BadInputTest {

  private static final String RIGHT_TO_LEFT = "ש".repeat(127) + "x";

  @TempDir Path folder;

  @Test
  void requirement18FilesThatNobodyExpectsArePreviewed() throws Exception {
    try (WindowRun run = WindowRun.shop(folder, BadInputTest::oddFiles)) {
      RestorePoint point = newest(run, 4);
      go(run, new Place.Browse(point, "/volumes/uploads/odd"));
      run.until("files are listed", () -> items(run, "browse-table") == 8);
      for (String name : List.of("archive.zip", "binary.bin", "bomb.png", "picture.png")) {
        show(run, point, name);
        run.shots("preview-" + name.substring(0, name.indexOf('.')));
      }
      show(run, point, "bomb.png");
      run.until("it is not unpacked", () -> run.says("#browse-tabs", "60000 × 60000"));
      show(run, point, "huge.log");
      run.until("only its beginning is shown", () -> run.says("#preview-note", "2.0 GiB"));
      run.press("preview-end");
      run.until("its end is shown", () -> run.says("#preview-end", "beginning"));
      run.shots("preview-end");
      show(run, point, "one-line.yaml");
      run.until("its text is shown", () -> run.has("preview-text"));
      run.shots("preview-one-line");
      show(run, point, "latin1.txt");
      run.until("its encoding is guessed", () -> run.says("#preview-note", "read as"));
      show(run, point, RIGHT_TO_LEFT);
      run.until("its text is shown", () -> run.has("preview-text"));
      run.shots("browse-long-name");
      Steps.tab(run, 1);
      run.until("it has a version", () -> items(run, "versions") >= 1);
      Steps.tab(run, 3);
      run.shots("browse-long-name-details");
      run.press("browse-restore");
      run.press("restore-next");
      run.until("the plan has the file", () -> run.says("#restore-volumes", "odd/ש"));
      run.shots("restore-long-name");
    }
  }

  private static void show(WindowRun run, RestorePoint point, String name) {
    go(run, new Place.Browse(point, "/volumes/uploads/odd/" + name));
    run.until("there is a preview", () -> !run.says("#browse-tabs", "Reading"));
  }

  private static void oddFiles(RepositorySession session, WindowRun run) {
    OpenRepository repository = session.repository();
    var _ =
        Crowd.folder(
            repository,
            repository.snapshots().getLast(),
            "uploads",
            "odd",
            writer -> {
              List<Node> nodes = new ArrayList<>();
              try {
                nodes.add(file(writer, "archive.zip", zip()));
                nodes.add(file(writer, "binary.bin", noise(100_000)));
                nodes.add(file(writer, "bomb.png", bomb()));
                nodes.add(huge(writer));
                nodes.add(file(writer, "latin1.txt", latin1()));
                nodes.add(file(writer, "one-line.yaml", oneLine()));
                nodes.add(file(writer, "picture.png", picture()));
                nodes.add(file(writer, RIGHT_TO_LEFT, "שלום\n".getBytes(StandardCharsets.UTF_8)));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
              return nodes;
            });
    var _ = run.engine.restorePoints(session).list(PointFilter.ALL);
  }

  private static Node file(RepositoryWriter writer, String name, byte[] bytes) {
    FileContent content = Crowd.content(writer, bytes);
    return Node.file(name, NodeTime.of(Instant.parse("2026-11-01T10:00:00Z")))
        .withContent(content.blobs(), content.size());
  }

  /// 2 GiB of the same MiB.
  private static Node huge(RepositoryWriter writer) {
    String line =
        "2026-11-01T10:00:00Z INFO request served in 12 ms by pod web-7d9c, nothing odd\n";
    byte[] mebibyte = line.repeat(1 + (1 << 20) / line.length()).getBytes(StandardCharsets.UTF_8);
    FileContent content = Crowd.content(writer, java.util.Arrays.copyOf(mebibyte, 1 << 20));
    List<BlobId> blobs =
        Collections.nCopies(2048, content.blobs()).stream().flatMap(List::stream).toList();
    return Node.file("huge.log", NodeTime.of(Instant.parse("2026-11-01T10:00:00Z")))
        .withContent(blobs, 2048L << 20);
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static byte[] latin1() {
    return "Grüße aus Köln, schöne Straße\n".repeat(20).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] oneLine() {
    StringBuilder yaml = new StringBuilder("items: [");
    while (yaml.length() < 5 << 20) {
      yaml.append("{name: item-").append(yaml.length()).append(", value: 1}, ");
    }
    return yaml.append("]\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < 40; i++) {
        zip.putNextEntry(
            new ZipEntry(String.format(Locale.ROOT, "invoices/2026/invoice-%04d.txt", i)));
        zip.write(("invoice " + i + "\n").repeat(i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  private static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(1600, 900, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, Color.ORANGE, 1600, 900, Color.BLUE));
    pen.fillRect(0, 0, 1600, 900);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /// A few bytes that say that they are 60,000 by 60,000 pixels.
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(17);
    header.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(60_000).putInt(60_000);
    header.put(new byte[] {8, 6, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(header.array());
    out.write(ByteBuffer.allocate(4).putInt(13).array());
    out.write(header.array());
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    out.write(noise(500));
    return out.toByteArray();
  }

  @Test
  void aContextThatHangsLeavesTheWindowAlive() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        WindowRun good = WindowRun.bare(folder)) {
      Path file = folder.resolve("config");
      Files.writeString(
          file,
          """
          apiVersion: v1
          kind: Config
          current-context: silent
          clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
          users: [{name: u, user: {token: t}}]
          contexts: [{name: silent, context: {cluster: c, user: u}}]
          """
              .formatted(silent.getLocalPort()));
      try (WindowRun run = WindowRun.on(good.sandbox(), folder.resolve("w"), file, Map.of())) {
        OpenCluster cluster = cluster(run);
        go(run, new Place.Namespace(cluster, "shop"));
        run.until("it connects", () -> cluster.standing() == OpenCluster.Standing.CONNECTING);
        run.shots("namespace-connecting");
        go(run, new Place.BackUp(cluster, "shop", List.of()));
        run.shots("backup-connecting");
        go(run, new Place.Settings());
        run.until("another page is there", () -> run.says("#content", "Settings"));
        run.press("find-anything");
        assertTrue(run.has("palette-field"), "the window is alive");
      }
    }
  }

  @Test
  void aRepositoryThatVanishesIsToldAndComesBack() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      go(run, new Place.Browse(point, "/volumes/uploads"));
      run.until("files are listed", () -> items(run, "browse-table") > 0);
      Path away = run.repository.resolveSibling("away");
      Files.move(run.repository, away);
      go(run, new Place.Browse(point, "/volumes/uploads/documents/invoice-0007.txt"));
      run.until("it is told", () -> run.says("#content", "repository"));
      run.settle();
      run.shots("browse-vanished");
      go(run, new Place.Points());
      run.until("restore points are still listed", () -> items(run, "points-table") == 3);
      go(run, new Place.Repositories());
      run.until("it is known to be gone", () -> run.says("#content", "snapshots"));
      run.settle();
      run.shots("repositories-vanished");
      Files.move(away, run.repository);
      go(run, new Place.Browse(point, "/volumes/uploads/documents/invoice-0007.txt"));
      run.until("it is read again", () -> run.has("preview-text"));
    }
  }

  @Test
  void clocksThatAreWrong() throws Exception {
    List<Instant> times =
        List.of(
            Instant.parse("1970-01-01T00:00:00Z"),
            Instant.parse("2001-09-09T01:46:40Z"),
            Instant.parse("2106-02-07T06:28:15Z"),
            Instant.now().plus(Duration.ofHours(5)));
    try (WindowRun run =
        WindowRun.shop(
            folder,
            (session, r) -> {
              OpenRepository repository = session.repository();
              Crowd.at(repository, repository.snapshots().getLast(), times);
              var _ = r.engine.restorePoints(session).list(PointFilter.ALL);
            })) {
      var _ = newest(run, 7);
      go(run, new Place.Points());
      run.until("they are listed", () -> items(run, "points-table") == 7);
      run.shots("points-wrong-clocks");
      Toolkit.run(() -> run.window().open("sandbox", "shop"));
      run.until("it is told", () -> run.says("#namespace-tree", "Clock wrong"));
      run.shots("namespace-wrong-clocks");
      go(run, new Place.Overview());
      run.until("it is told there too", () -> run.says("#overview-table", "Clock wrong"));
      run.shots("overview-wrong-clocks");
    }
  }

  /// A namespace with 40,000 objects: its plan is made, and the window answers meanwhile.
  @Test
  void aNamespaceOfFortyThousandObjects() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      StringBuilder yaml = new StringBuilder();
      for (int i = 0; i < 40_000; i++) {
        yaml.append(
            String.format(
                Locale.ROOT,
                "---%n{apiVersion: v1, kind: ConfigMap, metadata: {name: settings-%05d},"
                    + " data: {a: b}}%n",
                i));
        if (i % 5000 == 4999) {
          run.sandbox().apply("shop", yaml.toString());
          yaml.setLength(0);
        }
      }
      newest(run, 3);
      FxProbe probe = FxProbe.start();
      long begin = System.nanoTime();
      go(run, new Place.BackUp(cluster(run), "shop", List.of()));
      run.until("the plan is there", () -> run.shows("backup-total", "40,0"));
      Figures.add(
          "40,000 objects, plan of a backup", (System.nanoTime() - begin) / 1_000_000 + " ms");
      Figures.add("40,000 objects, longest block of the FX thread", probe.result());
      run.shots("backup-crowd");
      assertEquals(List.of(), FacadeGuard.violations());
    }
  }
}
