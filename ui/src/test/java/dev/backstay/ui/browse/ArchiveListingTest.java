package dev.backstay.ui.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;

/// Archives are listed by what little of them has to be read, whatever they claim.
final class ArchiveListingTest {

  private static final Instant TIME = Instant.parse("2026-11-23T10:20:30Z");

  /// Something to make an archive with.
  private interface Filling<T> {
    void fill(T archive) throws IOException;
  }

  private static byte[] zip(Filling<ZipArchiveOutputStream> filling) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      filling.fill(zip);
    }
    return out.toByteArray();
  }

  private static void add(ZipArchiveOutputStream zip, String name, byte[] content)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setLastModifiedTime(java.nio.file.attribute.FileTime.from(TIME));
    zip.putArchiveEntry(entry);
    zip.write(content);
    zip.closeArchiveEntry();
  }

  private static byte[] tar(Filling<TarArchiveOutputStream> filling) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      filling.fill(tar);
    }
    return out.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setModTime(TIME.toEpochMilli());
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static byte[] gz(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(out)) {
      gz.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(7).nextBytes(noise);
    return noise;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static Preview.Listing listing(Ranges file, String name) {
    return assertInstanceOf(
        Preview.Listing.class, Previewer.of(file, "/volumes/data/" + name), name);
  }

  private static Preview.Listing listing(byte[] bytes, String name) {
    return listing(FetchedRanges.of(bytes), name);
  }

  private static List<String> names(Preview.Listing listing) {
    return listing.entries().stream().map(Archived::name).toList();
  }

  private static void assertFew(FetchedRanges file, long most) {
    assertTrue(file.bytes <= most, "fetched " + file.bytes + " of " + file.size());
  }

  @Test
  void onlyTheEndOfAZipIsFetched() throws IOException {
    byte[] bytes =
        zip(zip -> {
          add(zip, "folder/", new byte[0]);
          add(zip, "folder/größe.bin", noise(8 << 20));
          add(zip, "b.txt", new byte[3]);
        });
    FetchedRanges file = FetchedRanges.of(bytes);
    Preview.Listing listing = listing(file, "a.jar");
    assertEquals(List.of("folder/", "folder/größe.bin", "b.txt"), names(listing));
    assertEquals(new Archived("folder/größe.bin", false, 8 << 20, TIME), listing.entries().get(1));
    assertTrue(listing.entries().getFirst().folder());
    assertEquals("3 entries", listing.note());
    assertFew(file, 128 << 10);
  }

  @Test
  void ofAZipWithManyEntriesTheFirstAreShown() throws IOException {
    byte[] bytes =
        zip(zip -> {
          for (int i = 0; i < 100_000; i++) {
            add(zip, "folder/file-" + i, new byte[0]);
          }
        });
    FetchedRanges file = FetchedRanges.of(bytes);
    Preview.Listing listing = listing(file, "many.zip");
    assertEquals(ArchiveListing.MOST_ENTRIES, listing.entries().size());
    assertTrue(listing.note().startsWith("the first 1,000 of 100,000"), listing.note());
    assertFew(file, 512 << 10);
  }

  @Test
  void zip64AndSomethingBeforeTheZip() throws IOException {
    byte[] large =
        zip(zip -> {
          zip.setUseZip64(Zip64Mode.Always);
          add(zip, "a", new byte[5]);
        });
    assertEquals(5, listing(large, "a.zip").entries().getFirst().size());
    byte[] script = "#!/bin/sh\nexit 0\n".getBytes(StandardCharsets.UTF_8);
    assertEquals(List.of("a"), names(listing(joined(script, large), "boot.jar")));
    byte[] small = zip(zip -> add(zip, "a", new byte[5]));
    assertEquals(List.of("a"), names(listing(joined(script, small), "boot.jar")));
    assertEquals(List.of("a"), names(listing(joined(small, new byte[9]), "junk.zip")));
  }

  @Test
  void namesInOtherEncodings() throws IOException {
    ByteArrayOutputStream dos = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(dos, Charset.forName("IBM437"))) {
      zip.putNextEntry(new ZipEntry("größe"));
    }
    assertEquals(List.of("größe"), names(listing(dos.toByteArray(), "a.zip")));
  }

  @Test
  void namesCannotDrawThemselvesAsOthers() throws IOException {
    byte[] bytes =
        zip(zip -> {
          add(zip, "a\u202etxt.exe", new byte[0]);
          add(zip, "a\nb\u0000", new byte[0]);
          add(zip, "x".repeat(60_000), new byte[0]);
          add(zip, "../../etc/passwd", new byte[0]);
        });
    List<String> names = names(listing(bytes, "a.zip"));
    assertEquals("a\ufffdtxt.exe", names.get(0));
    assertEquals("a\ufffdb\ufffd", names.get(1));
    assertEquals(501, names.get(2).length());
    assertEquals("../../etc/passwd", names.get(3));
  }

  @Test
  void whatAZipClaimsIsNotBelieved() throws IOException {
    byte[] honest = zip(zip -> add(zip, "a", new byte[5]));
    int end = honest.length - 22;
    ByteBuffer lies = ByteBuffer.wrap(honest.clone()).order(ByteOrder.LITTLE_ENDIAN);
    lies.putShort(end + 10, (short) 60_000);
    Preview.Listing many = listing(lies.array(), "a.zip");
    assertEquals(1, many.entries().size());
    assertTrue(many.note().contains("60,000"), many.note());
    assertTrue(many.note().contains("damaged"), many.note());
    lies.putShort(end + 10, (short) 0);
    assertEquals(1, listing(lies.array(), "a.zip").entries().size());
    lies.putInt(end + 12, -1);
    assertEquals(1, listing(lies.array(), "a.zip").entries().size(), "its offset is right");
    lies.putShort(end + 10, (short) 1).putInt(end + 16, -1);
    assertInstanceOf(Preview.Hex.class, Previewer.of(FetchedRanges.of(lies.array()), "/a.zip"));
  }

  @Test
  void anArchiveOfAnyBytesEndsSomehow() throws IOException {
    byte[] zip =
        zip(z -> {
          for (int i = 0; i < 20; i++) {
            add(z, "file-" + i, noise(20));
          }
        });
    byte[] tar =
        tar(t -> {
          t.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
          t.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
          for (int i = 0; i < 20; i++) {
            add(t, "file-" + i + "x".repeat(i * 12), noise(20));
          }
        });
    Random random = new Random(42);
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = (i % 2 == 0 ? zip : tar).clone();
      for (int change = random.nextInt(8); change >= 0; change--) {
        int tail = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 2_000);
        bytes[bytes.length - 1 - random.nextInt(tail)] = (byte) random.nextInt();
      }
      bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(random.nextInt(2_000) + 1));
      Previewer.of(FetchedRanges.of(bytes), i % 2 == 0 ? "/a.zip" : "/a.tar");
    }
  }

  @Test
  void theContentOfATarIsSkipped() throws IOException {
    String deep = "folder/".repeat(40) + "größe";
    byte[] bytes =
        tar(tar -> {
          tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
          add(tar, "folder/", new byte[0]);
          add(tar, "large.bin", noise(8 << 20));
          add(tar, deep, new byte[1]);
          tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
          add(tar, deep + "2", new byte[2]);
          add(tar, "last", new byte[0]);
        });
    FetchedRanges file = FetchedRanges.of(bytes);
    Preview.Listing listing = listing(file, "a.tar");
    assertEquals(List.of("folder/", "large.bin", deep, deep + "2", "last"), names(listing));
    assertEquals(new Archived("large.bin", false, 8 << 20, TIME), listing.entries().get(1));
    assertTrue(listing.entries().getFirst().folder());
    assertEquals("5 entries", listing.note());
    assertFew(file, 256 << 10);
  }

  /// 8 GiB and more do not fit into a header's octal digits.
  @Test
  void largeNumbersInATar() throws IOException {
    for (int mode :
        List.of(TarArchiveOutputStream.BIGNUMBER_POSIX, TarArchiveOutputStream.BIGNUMBER_STAR)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
      tar.setBigNumberMode(mode);
      TarArchiveEntry entry = new TarArchiveEntry("image.raw");
      entry.setSize(20L << 30);
      tar.putArchiveEntry(entry);
      byte[] head = out.toByteArray();
      byte[] rest = tar(t -> add(t, "after", new byte[3]));
      long second = head.length + (20L << 30);
      FetchedRanges file =
          new FetchedRanges(
              second + rest.length,
              at ->
                  at < head.length ? head[(int) at] : at < second ? 0 : rest[(int) (at - second)]);
      Preview.Listing listing = listing(file, "a.tar");
      assertEquals(List.of("image.raw", "after"), names(listing));
      assertEquals(20L << 30, listing.entries().getFirst().size());
      assertFew(file, 256 << 10);
    }
  }

  @Test
  void aTarOfManyLargeFilesIsReadSoFarAndNoFurther() throws IOException {
    byte[] one = Arrays.copyOf(tar(tar -> add(tar, "a", new byte[0])), 512);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarArchiveEntry entry = new TarArchiveEntry("a");
    entry.setSize(10 << 20);
    entry.writeEntryHeader(one);
    out.write(one);
    long each = 512 + (10 << 20);
    FetchedRanges file =
        new FetchedRanges(900 * each, at -> at % each < 512 ? one[(int) (at % each)] : 0);
    Preview.Listing listing = listing(file, "a.tar");
    assertEquals(256, listing.entries().size());
    assertTrue(listing.note().contains("not all of the archive was read"), listing.note());
    assertFew(file, ArchiveListing.MOST_FETCHED);
  }

  @Test
  void tarGz() throws IOException {
    byte[] tar =
        tar(t -> {
          add(t, "a", new byte[100_000]);
          add(t, "b", new byte[7]);
        });
    assertEquals(List.of("a", "b"), names(listing(gz(tar), "a.tar.gz")));
    assertEquals("2 entries", listing(gz(tar), "a.TGZ").note());
    byte[] members =
        joined(gz(Arrays.copyOf(tar, 50_000)), gz(Arrays.copyOfRange(tar, 50_000, tar.length)));
    assertEquals(List.of("a", "b"), names(listing(members, "a.tgz")), "made of several gz");
  }

  @Test
  void ofALargeTarGzTheBeginningIsRead() throws IOException {
    byte[] bytes =
        gz(
            tar(tar -> {
              for (int i = 0; i < 24; i++) {
                add(tar, "file-" + i, noise(1 << 20));
              }
            }));
    FetchedRanges file = FetchedRanges.of(bytes);
    Preview.Listing listing = listing(file, "a.tgz");
    assertEquals(16, listing.entries().size());
    assertTrue(listing.note().contains("not all of the archive was read"), listing.note());
    assertFew(file, ArchiveListing.MOST_COMPRESSED);
  }

  @Test
  void aBombIsNotUnpackedToItsEnd() throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("zeros");
    entry.setSize(4L << 30);
    byte[] header = new byte[512];
    entry.writeEntryHeader(header);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gz = new GZIPOutputStream(out)) {
      gz.write(header);
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 1_000; i++) {
        gz.write(zeros);
      }
    }
    FetchedRanges file = FetchedRanges.of(out.toByteArray());
    Preview.Listing listing = listing(file, "bomb.tar.gz");
    assertEquals(List.of("zeros"), names(listing));
    assertTrue(listing.note().contains("not all of the archive was read"), listing.note());
    assertTrue(file.bytes < file.size(), "it stopped before its end");
  }

  /// Names of gigabytes, in a header that libraries read into memory.
  @Test
  void aNameOfGigabytesIsNotKept() throws IOException {
    for (byte type :
        new byte[] {TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC}) {
      TarArchiveEntry entry = new TarArchiveEntry("long", type);
      entry.setSize(3L << 30);
      byte[] header = new byte[512];
      entry.writeEntryHeader(header);
      byte[] rest = tar(t -> add(t, "after", new byte[3]));
      long second = 512 + (3L << 30);
      FetchedRanges file =
          new FetchedRanges(
              second + rest.length,
              at ->
                  at < 512
                      ? header[(int) at]
                      : at < second ? (byte) 'n' : rest[(int) (at - second)]);
      Preview.Listing listing = listing(file, "a.tar");
      assertEquals(1, listing.entries().size());
      assertTrue(listing.entries().getFirst().name().length() <= 501);
      assertFew(file, 512 << 10);
    }
  }

  @Test
  void damageIsSaid() throws IOException {
    byte[] bytes =
        tar(t -> {
          add(t, "a", new byte[1000]);
          add(t, "b", new byte[100_000]);
        });
    Preview.Listing cut = listing(Arrays.copyOf(bytes, 60_000), "a.tar");
    assertEquals(List.of("a", "b"), names(cut));
    assertTrue(cut.note().contains("damaged"), cut.note());
    byte[] packed = gz(joined(bytes, noise(100_000)));
    assertTrue(listing(Arrays.copyOf(packed, 300), "a.tgz").note().contains("damaged"), "cut gz");
  }

  @Test
  void noArchiveIsShownByItsBytes() {
    byte[] text = "no archive\n".repeat(100).getBytes(StandardCharsets.UTF_8);
    for (String name : List.of("a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.jar")) {
      assertInstanceOf(Preview.Text.class, Previewer.of(FetchedRanges.of(text), "/" + name), name);
      assertInstanceOf(
          Preview.Hex.class, Previewer.of(FetchedRanges.of(noise(700)), "/" + name), name);
      assertInstanceOf(
          Preview.Hex.class, Previewer.of(FetchedRanges.of(new byte[700]), "/" + name), name);
      assertInstanceOf(Preview.Nothing.class, Previewer.of(FetchedRanges.of(new byte[0]), name));
    }
    assertFalse(ArchiveListing.covers("a.gz"));
  }
}
