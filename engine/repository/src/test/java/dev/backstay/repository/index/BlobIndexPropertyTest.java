package dev.backstay.repository.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.cache.CacheFolder;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.pack.PackEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The index against a map: whatever comes, goes, is sorted, written to a cache and read again.
class BlobIndexPropertyTest {

  private static final String REPOSITORY = "ab".repeat(32);

  /// What should be there.
  private static final class Model {
    final Map<String, List<IndexedPack>> files = new HashMap<>();
    final List<IndexedPack> ours = new ArrayList<>();

    Set<BlobPlace> places(BlobKind kind, BlobId id) {
      Set<BlobPlace> places = new HashSet<>();
      List<IndexedPack> all = new ArrayList<>(ours);
      files.values().forEach(all::addAll);
      for (IndexedPack pack : all) {
        for (PackEntry e : pack.entries()) {
          if (e.kind() == kind && e.id().equals(id)) {
            places.add(new BlobPlace(pack.id(), e.offset(), e.length(), e.plainLength()));
          }
        }
      }
      return places;
    }
  }

  private final Random ids = new Random(1);

  private BlobId id() {
    return new BlobId(ids.nextLong(), ids.nextLong(), ids.nextLong(), ids.nextLong());
  }

  @Property(tries = 200)
  void isAMap(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int steps)
      throws IOException {
    Random random = new Random(seed);
    Path folder = Files.createTempDirectory("index");
    try {
      List<BlobId> blobs = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        blobs.add(id());
      }
      run(random, steps, blobs, new IndexCache(CacheFolder.of(folder, "r"), REPOSITORY));
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void run(Random random, int steps, List<BlobId> blobs, IndexCache cache) {
    Model model = new Model();
    BlobIndex index = new BlobIndex();
    List<IndexedPack> packs = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      switch (random.nextInt(6)) {
        case 0 -> {
          IndexedPack pack = pack(random, blobs);
          assertTrue(index.add(pack.id(), pack.entries()));
          model.ours.add(pack);
        }
        case 1 -> add(index, model, file(random, blobs, packs));
        case 2 ->
            load(index, model, List.of(file(random, blobs, packs), file(random, blobs, packs)));
        case 3 -> drop(random, index, model);
        case 4 -> {
          assertTrue(cache.write(index));
          index.close();
          index = cache.read().orElseThrow();
          model.ours.clear();
          assertEquals(model.files.keySet(), index.files());
        }
        default -> compare(index, model, blobs);
      }
    }
    compare(index, model, blobs);
    index.close();
  }

  private IndexedPack pack(Random random, List<BlobId> blobs) {
    List<PackEntry> entries = new ArrayList<>();
    long offset = 0;
    for (int i = random.nextInt(1, 9); i > 0; i--) {
      int length = random.nextInt(32, 1000);
      BlobKind kind = random.nextInt(4) == 0 ? BlobKind.TREE : BlobKind.DATA;
      BlobId blob = blobs.get(random.nextInt(blobs.size()));
      entries.add(new PackEntry(kind, blob, offset, length, random.nextInt(2) * 77));
      offset += length;
    }
    return new IndexedPack(id().hex(), entries);
  }

  private record NewFile(String name, List<IndexedPack> packs) {}

  /// Some of its packs are named by other files too.
  private NewFile file(Random random, List<BlobId> blobs, List<IndexedPack> known) {
    Map<String, IndexedPack> packs = new HashMap<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      boolean again = !known.isEmpty() && random.nextInt(3) == 0;
      IndexedPack pack = again ? known.get(random.nextInt(known.size())) : pack(random, blobs);
      known.add(pack);
      packs.put(pack.id(), pack);
    }
    return new NewFile(id().hex(), List.copyOf(packs.values()));
  }

  private static ParsedIndex parsed(NewFile file) {
    return IndexParser.parse(IndexFile.encode(file.packs()), file.name());
  }

  private static void add(BlobIndex index, Model model, NewFile file) {
    index.add(file.name(), parsed(file));
    model.files.put(file.name(), file.packs());
  }

  private static void load(BlobIndex index, Model model, List<NewFile> files) {
    BlobIndex.Load load = index.load();
    files.forEach(file -> load.add(file.name(), parsed(file)));
    load.finish();
    files.forEach(file -> model.files.put(file.name(), file.packs()));
  }

  private static void drop(Random random, BlobIndex index, Model model) {
    List<String> names = List.copyOf(model.files.keySet());
    if (!names.isEmpty()) {
      String name = names.get(random.nextInt(names.size()));
      index.drop(List.of(name));
      model.files.remove(name);
    }
  }

  private static void compare(BlobIndex index, Model model, List<BlobId> blobs) {
    for (BlobId id : blobs) {
      for (BlobKind kind : BlobKind.values()) {
        Set<BlobPlace> wanted = model.places(kind, id);
        List<BlobPlace> found = index.findAll(kind, id);
        assertEquals(wanted, new HashSet<>(found));
        assertEquals(!wanted.isEmpty(), index.contains(kind, id));
      }
    }
    Map<String, IndexedPack> packs = new HashMap<>();
    model.ours.forEach(pack -> packs.put(pack.id(), pack));
    model.files.values().forEach(all -> all.forEach(pack -> packs.put(pack.id(), pack)));
    assertEquals(packs.keySet(), Set.copyOf(index.packs()));
    assertEquals(
        packs.values().stream().mapToInt(pack -> pack.entries().size()).sum(), index.size());
    assertEquals(packs.keySet(), index.packSizes().keySet());
  }
}
