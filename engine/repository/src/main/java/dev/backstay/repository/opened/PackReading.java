package dev.backstay.repository.opened;

import dev.backstay.repository.pack.BlobCodec;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One look at all bytes of one pack, from front to back, in pieces that end where blobs end.
final class PackReading {

  private final Opened opened;
  private final StoreKey pack;
  private final long size;
  private final List<PackEntry> entries;
  private final byte[] buffer;
  private final MessageDigest digest = BlobCodec.sha256();
  private final List<String> problems = new ArrayList<>();
  private final List<PackEntry> intact = new ArrayList<>();
  private final List<PackEntry> lost = new ArrayList<>();
  private final PackHeaders headers;
  private Optional<List<PackEntry>> header = Optional.empty();

  PackReading(Opened opened, String pack, long size, List<PackEntry> indexed, byte[] buffer) {
    this.opened = opened;
    this.pack = new StoreKey(FileKind.PACK, pack);
    this.size = size;
    this.buffer = buffer;
    headers = new PackHeaders(opened);
    entries = indexed.stream().sorted(Comparator.comparingLong(PackEntry::offset)).toList();
  }

  PackAudit audit() {
    int next = 0;
    long at = 0;
    while (at < size) {
      int length = piece(at, next);
      byte[] bytes = length <= buffer.length ? buffer : new byte[length];
      opened.store().read(pack, at, bytes, 0, length);
      next = verify(bytes, at, length, next);
      at += length;
      if (at == size) {
        header = headers.inTail(bytes, length, size);
      }
    }
    for (; next < entries.size(); next++) {
      bad(entries.get(next));
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(pack.name())) {
      problems.addFirst("is damaged: its SHA-256 is not its name");
    }
    compareHeader();
    return new PackAudit(
        pack.name(), size, List.copyOf(problems), List.copyOf(intact), List.copyOf(lost));
  }

  /// As many whole blobs as the buffer holds; one if it is larger; at the end the header too.
  private int piece(long at, int next) {
    if (size - at <= buffer.length) {
      return (int) (size - at);
    }
    long end = at;
    for (int i = next; i < entries.size(); i++) {
      long after = entries.get(i).offset() + entries.get(i).length();
      if (after > size || (after - at > buffer.length && end > at)) {
        break;
      }
      end = Math.max(end, after);
    }
    // A gap that no blob fills, or a lie about lengths, is read as it comes.
    return end > at && end - at < 1 << 30 ? (int) (end - at) : buffer.length;
  }

  /// @return the first entry that the piece does not hold
  private int verify(byte[] bytes, long at, int length, int first) {
    int hashed = 0;
    int next = first;
    while (next < entries.size()
        && entries.get(next).offset() + entries.get(next).length() <= at + length) {
      PackEntry entry = entries.get(next++);
      int from = (int) (entry.offset() - at);
      if (gap(next - 1)) {
        problems.add("has a gap or overlap before blob " + entry.id());
      }
      int end = Math.max(hashed, from + entry.length());
      digest.update(bytes, hashed, end - hashed);
      hashed = end;
      if (from >= 0 && holds(bytes, from, entry)) {
        intact.add(entry);
      } else {
        bad(entry);
      }
    }
    digest.update(bytes, hashed, length - hashed);
    return next;
  }

  private boolean gap(int number) {
    PackEntry entry = entries.get(number);
    PackEntry before = number == 0 ? null : entries.get(number - 1);
    return entry.offset() != (before == null ? 0 : before.offset() + before.length());
  }

  private void bad(PackEntry entry) {
    lost.add(entry);
    problems.add("has a damaged blob " + entry.id());
  }

  private boolean holds(byte[] bytes, int from, PackEntry entry) {
    return opened
            .codecs()
            .with(c -> c.decode(bytes, from, entry.length(), entry.plainLength(), entry.id()))
        >= 0;
  }

  /// What the header names beyond the index is looked at too: a repair saves it.
  private void compareHeader() {
    Optional<List<PackEntry>> found = header.isPresent() ? header : headers.read(pack.name(), size);
    if (found.isEmpty()) {
      problems.add("has a damaged header");
      return;
    }
    Set<PackEntry> more = new HashSet<>(found.get());
    if (!more.equals(new HashSet<>(entries))) {
      problems.add("has a header that differs from the index");
    }
    entries.forEach(more::remove);
    for (PackEntry entry : more) {
      byte[] sealed = new byte[entry.length()];
      opened.store().read(pack, entry.offset(), sealed, 0, sealed.length);
      (holds(sealed, 0, entry) ? intact : lost).add(entry);
    }
  }
}
