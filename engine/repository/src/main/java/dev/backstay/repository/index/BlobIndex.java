package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.pack.PackHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All blobs of a repository: sorted tables outside the heap or in a mapped file for what was there
/// when it was opened, and one that grows for what came since. 48 bytes a blob, and about 5 for
/// finding it and for the packs.
///
/// A blob that stands in several packs has several entries. Safe for use by many threads.
public final class BlobIndex implements AutoCloseable {

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final PackTable packs = new PackTable();
  private final IndexSources sources = new IndexSources(packs);
  private final List<BlobTable> tables = new ArrayList<>();
  private final RecentBlobs recent = new RecentBlobs();
  private BitSet lost = new BitSet();
  // Those of the lost that no index file has named yet.
  private Set<BlobId> lostUnnamed = Set.of();

  public BlobIndex() {
    tables.add(recent);
  }

  /// Adds a pack with its blobs that this process stored; of one that is known already only what
  /// was not known to be in it.
  ///
  /// @return whether the pack was new
  public boolean add(String pack, List<PackEntry> entries) {
    ParsedIndex one = new ParsedIndex();
    one.add(BlobId.parse(pack), entries);
    return locked(() -> take(PackTable.OURS, one, this::addRecent)) == 0;
  }

  private <T> T locked(java.util.function.Supplier<T> work) {
    lock.writeLock().lock();
    try {
      return work.get();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void addRecent(long[] entries, int at) {
    recent.add(
        entries[at],
        entries[at + 1],
        entries[at + 2],
        entries[at + 3],
        entries[at + 4],
        entries[at + 5]);
  }

  /// Takes one entry into a table.
  private interface EntrySink {
    void add(long[] entries, int at);
  }

  /// @return how many of its packs were known
  private int take(int file, ParsedIndex index, EntrySink into) {
    int known = 0;
    long[] entries = index.entries();
    int from = 0;
    for (int i = 0; i < index.packs(); i++) {
      BlobId id = index.packId(i);
      int end = from + index.blobs(i) * Entry.WORDS;
      int pack = packs.find(id);
      if (pack < 0) {
        pack = newPack(id, index.blobs(i), file);
        for (int at = from; at < end; at += Entry.WORDS) {
          entries[at + 5] = Entry.inPack(entries[at + 5], pack);
          into.add(entries, at);
        }
      } else {
        known++;
        again(pack, file, entries, from, end);
      }
      from = end;
    }
    return known;
  }

  private int newPack(BlobId id, int blobs, int file) {
    int pack = packs.add(id, blobs, file);
    if (lostUnnamed.contains(id)) {
      lost.set(pack);
    }
    return pack;
  }

  /// A pack that another index file names too. Old versions of restic split the blobs of a pack
  /// over two index files: what is new of it is taken.
  private void again(int pack, int file, long[] entries, int from, int end) {
    if (file != PackTable.OURS) {
      sources.name(pack, file);
    }
    if ((end - from) / Entry.WORDS == packs.blobs(pack)) {
      return;
    }
    for (int at = from; at < end; at += Entry.WORDS) {
      BlobId id = new BlobId(entries[at], entries[at + 1], entries[at + 2], entries[at + 3]);
      BlobKind kind = Entry.kind(entries[at + 5]);
      if (!stands(kind, id, pack, entries[at + 4])) {
        entries[at + 5] = Entry.inPack(entries[at + 5], pack);
        addRecent(entries, at);
        packs.setBlobs(pack, packs.blobs(pack) + 1);
      }
    }
  }

  private boolean stands(BlobKind kind, BlobId id, int pack, long place) {
    for (BlobTable table : tables) {
      for (long at = table.find(id, kind.code(), -1);
          at >= 0;
          at = table.find(id, kind.code(), at)) {
        if (Entry.pack(table.origin(at)) == pack && table.place(at) == place) {
          return true;
        }
      }
    }
    return false;
  }

  /// Takes in many index files at once; nothing of them is found before [#finish()].
  public final class Load {

    private final SortedBlobsBuilder builder = new SortedBlobsBuilder();
    // Packs that were known: looked at when all blobs can be found.
    private final List<Runnable> later = new ArrayList<>();

    private Load() {}

    /// Safe for use by many threads.
    public void add(String file, ParsedIndex index) {
      locked(() -> take(file, index));
    }

    private int take(String name, ParsedIndex index) {
      int file = sources.add(name);
      long[] entries = index.entries();
      int from = 0;
      for (int i = 0; i < index.packs(); i++) {
        BlobId id = index.packId(i);
        int end = from + index.blobs(i) * Entry.WORDS;
        int known = packs.find(id);
        if (known >= 0) {
          defer(known, file, Arrays.copyOfRange(entries, from, end));
        } else {
          int pack = newPack(id, index.blobs(i), file);
          for (int at = from; at < end; at += Entry.WORDS) {
            entries[at + 5] = Entry.inPack(entries[at + 5], pack);
            builder.add(entries, at);
          }
        }
        from = end;
      }
      return file;
    }

    private void defer(int pack, int file, long[] entries) {
      if (entries.length / Entry.WORDS == packs.blobs(pack)) {
        sources.name(pack, file);
      } else {
        later.add(() -> again(pack, file, entries, 0, entries.length));
      }
    }

    public void finish() {
      SortedBlobs sorted = builder.finish();
      locked(() -> {
        tables.add(sorted);
        later.forEach(Runnable::run);
        return 0;
      });
    }
  }

  public Load load() {
    return new Load();
  }

  /// Takes in one index file.
  public void add(String file, ParsedIndex index) {
    locked(() -> take(sources.add(file), index, this::addRecent));
  }

  /// Takes over what a cache file holds. To be called before anything else is added.
  void adopt(SortedBlobs sorted) {
    tables.add(sorted);
  }

  PackTable packTable() {
    return packs;
  }

  IndexSources sources() {
    return sources;
  }

  /// The names of the index files that were taken in and have not [vanished][#drop].
  public Set<String> files() {
    lock.readLock().lock();
    try {
      return sources.names();
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Forgets index files that are no more: packs that no other file names are as if they were not
  /// there. Call it after new files were taken in, never before: they may name the same packs.
  public void drop(Collection<String> vanished) {
    locked(() -> {
      sources.drop(vanished);
      return 0;
    });
  }

  /// Whether there are packs that this process stored and that no index file is known to name.
  public boolean holdsUnnamed() {
    lock.readLock().lock();
    try {
      return IntStream.range(0, packs.size())
          .anyMatch(pack -> packs.source(pack) == PackTable.OURS);
    } finally {
      lock.readLock().unlock();
    }
  }

  private boolean present(int pack) {
    return !lost.get(pack) && !sources.isGone(pack);
  }

  /// Whether a pack that is not [lost][#lose] holds it.
  public boolean contains(BlobKind kind, BlobId id) {
    return find(kind, id) != null;
  }

  /// A place in a pack that is not [lost][#lose], or null.
  public @Nullable BlobPlace find(BlobKind kind, BlobId id) {
    lock.readLock().lock();
    try {
      for (BlobTable table : tables) {
        for (long at = table.find(id, kind.code(), -1);
            at >= 0;
            at = table.find(id, kind.code(), at)) {
          long origin = table.origin(at);
          if (present(Entry.pack(origin))) {
            return place(table.place(at), origin);
          }
        }
      }
      return null;
    } finally {
      lock.readLock().unlock();
    }
  }

  private BlobPlace place(long place, long origin) {
    return new BlobPlace(
        packs.id(Entry.pack(origin)).hex(),
        Entry.offset(place),
        Entry.length(place),
        Entry.plain(origin));
  }

  /// All places, those in [lost][#lose] packs last.
  public List<BlobPlace> findAll(BlobKind kind, BlobId id) {
    lock.readLock().lock();
    try {
      List<BlobPlace> places = new ArrayList<>(1);
      each(kind, id, this::present, places);
      if (!lost.isEmpty()) {
        each(kind, id, pack -> lost.get(pack) && !sources.isGone(pack), places);
      }
      return places;
    } finally {
      lock.readLock().unlock();
    }
  }

  private void each(BlobKind kind, BlobId id, Predicate<Integer> which, List<BlobPlace> places) {
    for (BlobTable table : tables) {
      for (long at = table.find(id, kind.code(), -1);
          at >= 0;
          at = table.find(id, kind.code(), at)) {
        long origin = table.origin(at);
        if (which.test(Entry.pack(origin))) {
          places.add(place(table.place(at), origin));
        }
      }
    }
  }

  /// What these packs hold is no longer as if it were stored; what was lost before is not any more
  /// unless it is named again. It counts also where an index file names such a pack only later.
  public void lose(Set<String> missing) {
    lock.writeLock().lock();
    try {
      lost = new BitSet();
      Set<BlobId> unnamed = new HashSet<>();
      for (String pack : missing) {
        BlobId id = BlobId.parse(pack);
        int number = packs.find(id);
        if (number >= 0) {
          lost.set(number);
        } else {
          unnamed.add(id);
        }
      }
      lostUnnamed = unnamed;
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
      forEach((_, _, _, _, place, origin) ->
          sizes[Entry.pack(origin)] +=
              (long) Entry.length(place) + PackHeader.entryLength(Entry.plain(origin) > 0));
      Map<String, Long> all = HashMap.newHashMap(sizes.length);
      for (int i = 0; i < sizes.length; i++) {
        if (!sources.isGone(i)) {
          all.put(packs.id(i).hex(), sizes[i]);
        }
      }
      return all;
    } finally {
      lock.readLock().unlock();
    }
  }

  private void forEach(BlobTable.Visitor visitor) {
    tables.forEach(table -> table.forEach(visitor));
  }

  /// How many blobs there are, copies counted.
  public int size() {
    lock.readLock().lock();
    try {
      return IntStream.range(0, packs.size())
          .filter(pack -> !sources.isGone(pack))
          .map(packs::blobs)
          .sum();
    } finally {
      lock.readLock().unlock();
    }
  }

  /// The ids of all packs.
  public List<String> packs() {
    lock.readLock().lock();
    try {
      return IntStream.range(0, packs.size())
          .filter(pack -> !sources.isGone(pack))
          .mapToObj(pack -> packs.id(pack).hex())
          .toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  /// The blobs of each pack by their offsets, in the order of [#packs()].
  public List<List<PackEntry>> entriesByPack() {
    lock.readLock().lock();
    try {
      List<List<PackEntry>> all = new ArrayList<>();
      for (int pack = 0; pack < packs.size(); pack++) {
        all.add(new ArrayList<>());
      }
      forEach((a, b, c, d, place, origin) ->
          all.get(Entry.pack(origin))
              .add(
                  new PackEntry(
                      Entry.kind(origin),
                      new BlobId(a, b, c, d),
                      Entry.offset(place),
                      Entry.length(place),
                      Entry.plain(origin))));
      all.forEach(entries -> entries.sort(Comparator.comparingLong(PackEntry::offset)));
      return IntStream.range(0, packs.size())
          .filter(pack -> !sources.isGone(pack))
          .mapToObj(all::get)
          .toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  /// The blobs of all packs, to look them up by pack.
  public PackContents byPack() {
    lock.readLock().lock();
    try {
      int[] counts = new int[packs.size()];
      forEach((_, _, _, _, _, origin) -> counts[Entry.pack(origin)]++);
      PackContents contents = new PackContents(packs, counts);
      forEach((a, b, c, d, place, origin) -> contents.add(a, b, c, d, place, origin));
      return contents;
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Bytes that it takes, mapped files not counted.
  public long memory() {
    lock.readLock().lock();
    try {
      return packs.memory() + tables.stream().mapToLong(BlobTable::memory).sum();
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Runs work during which nothing is added.
  <T> T frozen(java.util.function.Function<List<BlobTable>, T> work) {
    lock.readLock().lock();
    try {
      return work.apply(tables);
    } finally {
      lock.readLock().unlock();
    }
  }

  /// Frees what is outside the heap; nothing is found afterwards.
  @Override
  public void close() {
    locked(() -> {
      for (BlobTable table : tables) {
        if (table instanceof SortedBlobs sorted) {
          sorted.close();
        }
      }
      tables.clear();
      return 0;
    });
  }
}
