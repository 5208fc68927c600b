package dev.backstay.sandbox;

import dev.backstay.sandbox.volume.Attributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// The shop's files in one volume. What is as it should be already is not touched, so that its time
/// stays as it was.
final class ShopFiles {

  private static final Instant OPENED = Instant.parse("2026-09-01T08:00:00Z");
  private static final int IMAGES = 60;
  private static final int IMAGES_PER_STATE = 30;
  private static final int INVOICES = 80;
  private static final int INVOICES_PER_STATE = 60;
  private static final int PAGE = 8192;
  private static final long POSTGRES = 999;
  private static final long WEB = 1000;
  private static final List<String> GOODS =
      List.of("rope", "shackle", "compass", "lantern", "anchor", "chart", "oilskin", "block");

  private final Path root;

  ShopFiles(Path root) {
    this.root = root;
  }

  /// As PostgreSQL lays its files out; the pages hold random bytes and readable rows.
  void database(int state) throws IOException {
    text("PG_VERSION", "17\n", POSTGRES);
    text("postgresql.conf", "shared_buffers = 128MB\nmax_wal_size = 1GB\n", POSTGRES);
    text("pg_hba.conf", "host all all all scram-sha-256\n", POSTGRES);
    for (int table = 0; table < 12; table++) {
      int pages = 4 + table * 3;
      byte[] relation = random(table, pages * PAGE);
      rows(relation, table, state);
      file("base/16384/" + (16385 + table), relation, 0600, POSTGRES, day(table < 4 ? state : 0));
    }
    file("global/pg_control", random(100 + state, PAGE), 0600, POSTGRES, day(state));
    for (int segment = 0; segment <= state; segment++) {
      String name = String.format(Locale.ROOT, "0000000100000000000000%02X", segment + 1);
      file("pg_wal/" + name, random(200 + segment, 512 * 1024), 0600, POSTGRES, day(segment));
    }
    remove("pg_wal", state + 1, EARLIEST_WAL);
    owner(root, 0700, POSTGRES);
  }

  private static final int EARLIEST_WAL = 3;

  private void remove(String folder, int from, int to) throws IOException {
    for (int segment = from; segment < to; segment++) {
      String name = String.format(Locale.ROOT, "0000000100000000000000%02X", segment + 1);
      Files.deleteIfExists(root.resolve(folder).resolve(name));
    }
  }

  /// The first tables change from state to state.
  private static void rows(byte[] relation, int table, int state) {
    StringBuilder text = new StringBuilder();
    int release = table < 4 ? state : 0;
    for (int row = 0; row < 60; row++) {
      String thing = GOODS.get((row + table) % GOODS.size());
      text.append("order ").append(1000 * release + row).append(' ').append(thing).append(";\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, relation, PAGE, bytes.length);
  }

  /// Pictures and documents: each state has more of them than the one before.
  void uploads(int state) throws IOException {
    int images = IMAGES + state * IMAGES_PER_STATE;
    for (int i = 0; i < IMAGES + 2 * IMAGES_PER_STATE; i++) {
      String name = String.format(Locale.ROOT, "images/%s-%03d.png", GOODS.get(i % 8), i);
      keepOrRemove(name, i < images ? Picture.png(i) : new byte[0], i);
    }
    int invoices = INVOICES + state * INVOICES_PER_STATE;
    for (int i = 0; i < INVOICES + 2 * INVOICES_PER_STATE; i++) {
      String name = String.format(Locale.ROOT, "documents/invoice-%04d.txt", i);
      byte[] bytes = i < invoices ? invoice(i).getBytes(StandardCharsets.UTF_8) : new byte[0];
      keepOrRemove(name, bytes, i);
    }
    String catalogue = "Prices of release 3." + state + "\n" + invoice(state).repeat(40);
    file("documents/prices.csv", catalogue.getBytes(StandardCharsets.UTF_8), 0644, WEB, day(state));
    link("documents/latest", "prices.csv");
    owner(root, 0755, WEB);
  }

  private void keepOrRemove(String name, byte[] bytes, int number) throws IOException {
    if (bytes.length == 0) {
      Files.deleteIfExists(root.resolve(name));
    } else {
      file(name, bytes, 0644, WEB, OPENED.plusSeconds(3600L * number));
    }
  }

  private static String invoice(int number) {
    StringBuilder text = new StringBuilder("Chandlery\nInvoice " + number + "\n\n");
    Random random = new Random(number);
    for (int line = 0; line < 5 + number % 20; line++) {
      int count = 1 + random.nextInt(9);
      String thing = GOODS.get(random.nextInt(GOODS.size()));
      text.append(String.format(Locale.ROOT, "%3d  %-10s %8d.00%n", count, thing, 7 * count));
    }
    return text.toString().replace("\r\n", "\n");
  }

  private static byte[] random(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static Instant day(int state) {
    return OPENED.plusSeconds(30L * 86_400 * state);
  }

  private void text(String name, String content, long owner) throws IOException {
    file(name, content.getBytes(StandardCharsets.UTF_8), 0600, owner, OPENED);
  }

  private void file(String name, byte[] bytes, int mode, long owner, Instant time)
      throws IOException {
    Path file = root.resolve(name);
    if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return;
    }
    folder(file.getParent(), owner);
    Files.write(file, bytes);
    owner(file, mode, owner);
    Attributes.touch(file, FileTime.from(time));
  }

  private void folder(@org.jspecify.annotations.Nullable Path folder, long owner)
      throws IOException {
    if (folder != null && !Files.isDirectory(folder)) {
      folder(folder.getParent(), owner);
      Files.createDirectory(folder);
      owner(folder, owner == POSTGRES ? 0700 : 0755, owner);
    }
  }

  /// Where symlinks may not be made there is none.
  private void link(String name, String target) throws IOException {
    Path link = root.resolve(name);
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createSymbolicLink(link, Path.of(target));
      } catch (java.nio.file.FileSystemException | UnsupportedOperationException e) {
        Files.deleteIfExists(link);
      }
    }
  }

  private static void owner(Path file, int mode, long owner) throws IOException {
    Attributes.set(file, mode, owner, owner);
  }
}
