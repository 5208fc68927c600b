package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.pack.PackHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// All blobs of a repository, in arrays: 48 bytes a blob and a table of slots, no object each.
///
/// A blob that stands in several packs has several entries. Safe for use by many threads.
public final class BlobIndex {

  private static final int WORDS = 4;

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final List<String> packs = new ArrayList<>();
  private final Map<String, Integer> known = new HashMap<>();
  // Of each pack, the number of its first entry: its entries stand together.
  private int[] firsts = new int[16];
  private long[] ids = new long[WORDS * 256];
  // pack number << 1 | kind
  private int[] origin = new int[256];
  private int[] offset = new int[256];
  private int[] length = new int[256];
  private int[] plain = new int[256];
  private int[] slots = new int[1024];
  private int size;
  private BitSet lost = new BitSet();

  /// Adds a pack with its blobs; one that is known already is left as it is.
  ///
  /// @return whether it was new
  public boolean add(String pack, List<PackEntry> entries) {
    lock.writeLock().lock();
    try {
      int number = packs.size();
      if (known.putIfAbsent(pack, number) != null) {
        return false;
      }
      packs.add(pack);
      if (number == firsts.length) {
        firsts = Arrays.copyOf(firsts, number * 2);
      }
      firsts[number] = size;
      for (PackEntry entry : entries) {
        add(number, entry);
      }
      return true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void add(int pack, PackEntry entry) {
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
    int capacity = origin.length + Math.max(origin.length / 2, 256);
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

  private boolean is(int entry, BlobKind kind, BlobId id) {
    int at = entry * WORDS;
    return ids[at + 3] == id.d()
        && ids[at] == id.a()
        && ids[at + 1] == id.b()
        && ids[at + 2] == id.c()
        && (origin[entry] & 1) == kind.code();
  }

  /// Whether a pack that is not [lost][#lose] holds it.
  public boolean contains(BlobKind kind, BlobId id) {
    return find(kind, id) != null;
  }

  /// A place in a pack that is not [lost][#lose], or null.
  public @Nullable BlobPlace find(BlobKind kind, BlobId id) {
    lock.readLock().lock();
    try {
      for (int slot = slot(id.d()); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
        int entry = slots[slot] - 1;
        if (is(entry, kind, id) && !lost.get(origin[entry] >>> 1)) {
          return place(entry);
        }
      }
      return null;
    } finally {
      lock.readLock().unlock();
    }
  }

  private BlobPlace place(int entry) {
    return new BlobPlace(
        packs.get(origin[entry] >>> 1),
        Integer.toUnsignedLong(offset[entry]),
        length[entry],
        plain[entry]);
  }

  /// All places, those in [lost][#lose] packs last.
  public List<BlobPlace> findAll(BlobKind kind, BlobId id) {
    lock.readLock().lock();
    try {
      List<BlobPlace> places = new ArrayList<>(1);
      for (int slot = slot(id.d()); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
        int entry = slots[slot] - 1;
        if (is(entry, kind, id)) {
          places.add(place(entry));
        }
      }
      if (!lost.isEmpty() && places.size() > 1) {
        places.sort(Comparator.comparing(place -> lost.get(packs.indexOf(place.pack()))));
      }
      return places;
    } finally {
      lock.readLock().unlock();
    }
  }

  /// What these packs hold is no longer as if it were stored; what was lost before is not any more
  /// unless it is named again.
  public void lose(Set<String> missing) {
    lock.writeLock().lock();
    try {
      lost = new BitSet();
      for (int i = 0; i < packs.size() && !missing.isEmpty(); i++) {
        lost.set(i, missing.contains(packs.get(i)));
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /// How many bytes each pack has, header and all.
  public Map<String, Long> packSizes() {
    lock.readLock().lock();
    try {
      long[] sizes = new long[packs.size()];
      Arrays.fill(sizes, PackHeader.FRAME);
      for (int i = 0; i < size; i++) {
        sizes[origin[i] >>> 1] += (long) length[i] + PackHeader.entryLength(plain[i] > 0);
      }
      Map<String, Long> all = HashMap.newHashMap(sizes.length);
      for (int i = 0; i < sizes.length; i++) {
        all.put(packs.get(i), sizes[i]);
      }
      return all;
    } finally {
      lock.readLock().unlock();
    }
  }

  /// How many blobs there are, copies counted.
  public int size() {
    lock.readLock().lock();
    try {
      return size;
    } finally {
      lock.readLock().unlock();
    }
  }

  /// The ids of all packs.
  public List<String> packs() {
    lock.readLock().lock();
    try {
      return List.copyOf(packs);
    } finally {
      lock.readLock().unlock();
    }
  }

  /// The blobs of one pack; none if it is not known.
  public List<PackEntry> entries(String pack) {
    lock.readLock().lock();
    try {
      Integer number = known.get(pack);
      if (number == null) {
        return new ArrayList<>();
      }
      int end = number + 1 < packs.size() ? firsts[number + 1] : size;
      List<PackEntry> entries = new ArrayList<>(end - firsts[number]);
      for (int i = firsts[number]; i < end; i++) {
        entries.add(entry(i));
      }
      return entries;
    } finally {
      lock.readLock().unlock();
    }
  }

  private PackEntry entry(int i) {
    int at = i * WORDS;
    return new PackEntry(
        (origin[i] & 1) == 0 ? BlobKind.DATA : BlobKind.TREE,
        new BlobId(ids[at], ids[at + 1], ids[at + 2], ids[at + 3]),
        Integer.toUnsignedLong(offset[i]),
        length[i],
        plain[i]);
  }

  /// The blobs of each pack, in the order of [#packs()].
  public List<List<PackEntry>> entriesByPack() {
    lock.readLock().lock();
    try {
      List<List<PackEntry>> all = new ArrayList<>();
      packs.forEach(_ -> all.add(new ArrayList<>()));
      for (int i = 0; i < size; i++) {
        all.get(origin[i] >>> 1).add(entry(i));
      }
      return all;
    } finally {
      lock.readLock().unlock();
    }
  }
}
