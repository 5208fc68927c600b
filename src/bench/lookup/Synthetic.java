import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.key.Keys;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.snapshot.SnapshotDraft;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/// Makes repositories that are large where looking things up is concerned and small on disk: an
/// index of many blobs whose packs do not exist, and snapshots of many entries whose files have no
/// content. The scrypt cost is restic's own.
public final class Synthetic {

  private static final int BLOBS_PER_PACK = 16;
  private static final int BLOBS_PER_INDEX = 50_000;
  private static final int FILES_PER_FOLDER = 500;

  private static final SplittableRandom RANDOM = new SplittableRandom(5);

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    long count = Long.parseLong(arguments[2]);
    Secret password = Secret.of("bench");
    RepositorySettings settings = RepositorySettings.ofThisMachine();
    try (OpenRepository repository = Repository.init(new LocalStore(folder), password, settings)) {
      snapshot(repository, arguments[0].equals("tree") ? count : 100, 0);
      if (arguments[0].equals("tree")) {
        snapshot(repository, count, 1);
      }
    }
    if (arguments[0].equals("index")) {
      index(folder, password, count);
    }
  }

  private static BlobId id() {
    return new BlobId(RANDOM.nextLong(), RANDOM.nextLong(), RANDOM.nextLong(), RANDOM.nextLong());
  }

  private static void index(Path folder, Secret password, long blobs) {
    LocalStore store = new LocalStore(folder);
    SecureRandom random = new SecureRandom();
    MasterKey key = new Keys(store, random).open(password, _ -> true).master();
    try (CodecPool codecs = new CodecPool(key, random, 2)) {
      SealedFiles files = new SealedFiles(store, codecs);
      List<IndexedPack> packs = new ArrayList<>();
      for (long done = 0; done < blobs; done += BLOBS_PER_PACK) {
        packs.add(pack());
        if (packs.size() * BLOBS_PER_PACK >= BLOBS_PER_INDEX || done + BLOBS_PER_PACK >= blobs) {
          files.save(FileKind.INDEX, IndexFile.encode(packs));
          packs.clear();
        }
      }
    }
  }

  private static IndexedPack pack() {
    List<PackEntry> entries = new ArrayList<>();
    long offset = 0;
    for (int i = 0; i < BLOBS_PER_PACK; i++) {
      int length = RANDOM.nextInt(400_000, 1_500_000);
      entries.add(
          new PackEntry(BlobKind.DATA, id(), offset, length, length + RANDOM.nextInt(1 << 20)));
      offset += length;
    }
    return new IndexedPack(id().hex(), entries);
  }

  /// @param changed how many files of each 100th folder differ from those of the snapshot with 0
  private static void snapshot(OpenRepository repository, long entries, int changed) {
    SplittableRandom stable = new SplittableRandom(11);
    try (RepositoryWriter writer = repository.writer()) {
      List<BlobId> contents = contents(writer);
      List<Node> folders = new ArrayList<>();
      for (long done = 0, folder = 0; done < entries; folder++) {
        List<Node> files = new ArrayList<>();
        for (int i = 0; i < FILES_PER_FOLDER && done < entries; i++, done++) {
          files.add(file(contents, stable, i, folder % 100 == 0 && i < changed));
        }
        folders.add(folder("dir-%05d".formatted(folder), writer.saveTree(files)));
      }
      BlobId root = writer.saveTree(List.of(folder("data", writer.saveTree(folders))));
      writer.commit(
          new SnapshotDraft(
              Instant.parse("2026-11-23T10:00:00Z").plusSeconds(changed),
              root,
              List.of("/data"),
              "host",
              "user",
              List.of(),
              List.of(),
              null,
              FileCounts.NONE));
    }
  }

  /// A few contents that all files share.
  private static List<BlobId> contents(RepositoryWriter writer) {
    List<BlobId> contents = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      InputStream in = new ByteArrayInputStream(new byte[] {(byte) i});
      contents.addAll(writer.saveFile(in, new CancelToken(), Meter.NONE).blobs());
    }
    return contents;
  }

  private static Node folder(String name, BlobId tree) {
    return Node.folder(name, new NodeTime(1_795_000_000, 0, 0)).withSubtree(tree);
  }

  private static Node file(
      List<BlobId> contents, SplittableRandom random, int number, boolean changed) {
    String name =
        "file-%04d-%s.dat".formatted(number, HexFormat.of().toHexDigits(random.nextInt()));
    BlobId content = contents.get(random.nextInt(contents.size() / 2) * 2 + (changed ? 1 : 0));
    NodeTime time =
        new NodeTime(1_790_000_000L + random.nextInt(5_000_000), random.nextInt(1_000_000_000), 0);
    return Node.file(name, time).withContent(List.of(content), random.nextInt(1, 100_000));
  }
}
