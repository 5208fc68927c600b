package dev.backstay.repository.prune;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.pack.PackHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/// All blobs by the packs they stand in, in arrays: 53 bytes a blob and a table of slots.
///
/// Packs and entries are numbered as they come; the entries of a pack follow each other. Copies of
/// a blob share the number of their first entry. Adding is for one thread; while nothing is added,
/// many may read.
final class PackTable {

  /// How a pack stands.
  enum State {
    /// An index file names it.
    VISIBLE,
    /// Only a candidate file does.
    HIDDEN,
    /// Its entries stand elsewhere in the table.
    REPLACED
  }

  private static final int WORDS = 4;

  private final List<String> packs = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private int[] begins = new int[64];
  private long[] ids = new long[WORDS * 256];
  // pack number << 1 | kind
  private int[] origin = new int[256];
  private int[] offset = new int[256];
  private int[] length = new int[256];
  private int[] plain = new int[256];
  private int[] slots = new int[1024];
  private int size;

  /// Adds what an index file says of a pack. Parts of one pack in several index files, as old
  /// versions of restic wrote, come together (restic #21820).
  ///
  /// @return the pack's number
  int addVisible(String pack, List<PackEntry> entries) {
    Integer known = numbers.get(pack);
    if (known == null || states.get(known) == State.HIDDEN) {
      if (known != null) {
        states.set(known, State.REPLACED);
      }
      return append(pack, State.VISIBLE, entries);
    }
    Set<PackEntry> all = new LinkedHashSet<>(entries(known));
    if (!all.addAll(entries)) {
      return known;
    }
    states.set(known, State.REPLACED);
    return append(pack, State.VISIBLE, List.copyOf(all));
  }

  /// Adds what a candidate file says of a pack, unless an index file names it.
  void addHidden(String pack, List<PackEntry> entries) {
    if (!numbers.containsKey(pack)) {
      append(pack, State.HIDDEN, entries);
    }
  }

  private int append(String pack, State state, List<PackEntry> entries) {
    int number = packs.size();
    packs.add(pack);
    states.add(state);
    numbers.put(pack, number);
    if (number + 1 >= begins.length) {
      begins = Arrays.copyOf(begins, begins.length * 2);
    }
    begins[number] = size;
    for (PackEntry entry : entries) {
      append(number, entry);
    }
    begins[number + 1] = size;
    return number;
  }

  private void append(int pack, PackEntry entry) {
    if (size == origin.length) {
      grow();
    }
    BlobId id = entry.id();
    int at = size * WORDS;
    ids[at] = id.a();
    ids[at + 1] = id.b();
    ids[at + 2] = id.c();
    ids[at + 3] = id.d();
    origin[size] = pack << 1 | entry.kind().code();
    offset[size] = (int) entry.offset();
    length[size] = entry.length();
    plain[size] = entry.plainLength();
    size++;
    insert(size, id.d());
  }

  private void grow() {
    int capacity = origin.length + origin.length / 2;
    ids = Arrays.copyOf(ids, capacity * WORDS);
    origin = Arrays.copyOf(origin, capacity);
    offset = Arrays.copyOf(offset, capacity);
    length = Arrays.copyOf(length, capacity);
    plain = Arrays.copyOf(plain, capacity);
    if (slots.length < capacity * 2L) {
      slots = new int[slots.length * 2];
      for (int i = 0; i < size; i++) {
        insert(i + 1, ids[i * WORDS + 3]);
      }
    }
  }

  /// Entries of one id follow each other in the order they came: the first found is the first.
  private void insert(int number, long word) {
    int slot = slot(word);
    while (slots[slot] != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = number;
  }

  private int slot(long word) {
    return (int) (word >>> 16) & (slots.length - 1);
  }

  private boolean is(int entry, int kind, long a, long b, long c, long d) {
    int at = entry * WORDS;
    return ids[at + 3] == d
        && ids[at] == a
        && ids[at + 1] == b
        && ids[at + 2] == c
        && (origin[entry] & 1) == kind;
  }

  /// The number that all copies share, or -1.
  int blob(BlobKind kind, BlobId id) {
    return blob(kind.code(), id.a(), id.b(), id.c(), id.d());
  }

  /// The number that the entry shares with its copies.
  int blob(int entry) {
    int at = entry * WORDS;
    return blob(origin[entry] & 1, ids[at], ids[at + 1], ids[at + 2], ids[at + 3]);
  }

  private int blob(int kind, long a, long b, long c, long d) {
    for (int slot = slot(d); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      int entry = slots[slot] - 1;
      if (is(entry, kind, a, b, c, d)) {
        return entry;
      }
    }
    return -1;
  }

  /// Whether any copy of a blob, in a pack that is not replaced, is as wanted.
  boolean anyCopy(int blob, IntPredicate wanted) {
    int at = blob * WORDS;
    long d = ids[at + 3];
    for (int slot = slot(d); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      int entry = slots[slot] - 1;
      if (is(entry, origin[blob] & 1, ids[at], ids[at + 1], ids[at + 2], d)
          && state(pack(entry)) != State.REPLACED
          && wanted.test(entry)) {
        return true;
      }
    }
    return false;
  }

  /// How many entries there are, copies counted.
  int size() {
    return size;
  }

  int packCount() {
    return packs.size();
  }

  String name(int pack) {
    return packs.get(pack);
  }

  /// The number of a pack, or -1.
  int number(String pack) {
    return numbers.getOrDefault(pack, -1);
  }

  State state(int pack) {
    return states.get(pack);
  }

  boolean visible(int pack) {
    return pack >= 0 && states.get(pack) == State.VISIBLE;
  }

  /// Its first entry.
  int begin(int pack) {
    return begins[pack];
  }

  /// Behind its last entry.
  int end(int pack) {
    return begins[pack + 1];
  }

  int pack(int entry) {
    return origin[entry] >>> 1;
  }

  BlobKind kind(int entry) {
    return (origin[entry] & 1) == 0 ? BlobKind.DATA : BlobKind.TREE;
  }

  long offset(int entry) {
    return Integer.toUnsignedLong(offset[entry]);
  }

  /// Sealed bytes.
  int length(int entry) {
    return length[entry];
  }

  int plainLength(int entry) {
    return plain[entry];
  }

  BlobId id(int entry) {
    int at = entry * WORDS;
    return new BlobId(ids[at], ids[at + 1], ids[at + 2], ids[at + 3]);
  }

  PackEntry entry(int entry) {
    return new PackEntry(kind(entry), id(entry), offset(entry), length[entry], plain[entry]);
  }

  List<PackEntry> entries(int pack) {
    List<PackEntry> entries = new ArrayList<>(end(pack) - begin(pack));
    for (int i = begin(pack); i < end(pack); i++) {
      entries.add(entry(i));
    }
    return entries;
  }

  /// Bytes that an entry takes in its pack, its line of the header included.
  long weight(int entry) {
    return length[entry] + (long) PackHeader.entryLength(plain[entry] > 0);
  }

  /// Bytes that a pack should have.
  long bytes(int pack) {
    long bytes = PackHeader.FRAME;
    for (int i = begin(pack); i < end(pack); i++) {
      bytes += weight(i);
    }
    return bytes;
  }
}
