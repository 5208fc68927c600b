import com.sun.management.OperatingSystemMXBean;
import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.browse.FileQuery;
import dev.backstay.repository.browse.FileSearch;
import dev.backstay.repository.browse.PathPattern;
import dev.backstay.repository.browse.TreeDiff;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.repository.tree.Node;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Opens a repository and looks things up in it. Prints what each step took, in a process that has
/// unlocked the repository already: name, seconds of wall time, seconds of CPU, result.
public final class Lookup {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private interface Work {
    Object run() throws IOException;
  }

  private static void measure(String what, Work work) throws IOException {
    long wall = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    Object result = work.run();
    double seconds = (System.nanoTime() - wall) / 1e9;
    double used = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
    System.out.printf("%s\t%.3f\t%.3f\t%s%n", what, seconds, used, result);
  }

  public static void main(String[] arguments) throws IOException {
    RepositorySettings settings =
        RepositorySettings.ofThisMachine().withCache(Path.of(arguments[2]));
    LocalStore store = new LocalStore(Path.of(arguments[1]));
    try (OpenRepository repository = Repository.open(store, Secret.of("bench"), settings)) {
      measure("index", () -> repository.knows(new BlobId(1, 2, 3, 4)));
      Snapshot latest = repository.snapshot("latest");
      measure("first level", () -> repository.tree(latest.tree()).size());
      Node data = repository.node(latest, FilePath.of("data"));
      measure("second level", () -> repository.tree(data.subtree()).size());
      switch (arguments[0]) {
        case "ls" -> {
          measure("ls", () -> list(repository, latest));
          if (arguments.length > 3) {
            measure("ls again", () -> list(repository, latest));
          }
        }
        case "find" -> measure("find", () -> find(repository));
        case "diff" -> measure("diff", () -> diff(repository));
        default -> {}
      }
    }
  }

  /// Paths on a stream, as `repo ls -R --short` writes them.
  private static long list(OpenRepository repository, Snapshot snapshot) throws IOException {
    long[] count = new long[1];
    try (OutputStream out = new BufferedOutputStream(new FileOutputStream("/dev/null"), 1 << 16)) {
      repository.walk(
          repository.node(snapshot, FilePath.ROOT),
          (path, node) -> {
            count[0]++;
            write(out, "/" + path + "\n");
            return true;
          },
          new CancelToken());
    }
    return count[0];
  }

  private static void write(OutputStream out, String line) {
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long find(OpenRepository repository) {
    long[] count = new long[1];
    FileQuery query = FileQuery.of(PathPattern.restic("file-0007-00*", false));
    new FileSearch(repository, query, hit -> count[0]++, new CancelToken())
        .in(repository.snapshots(), FileSearch.Unindexed.INDEX);
    return count[0];
  }

  private static long diff(OpenRepository repository) {
    long[] count = new long[1];
    List<Snapshot> all = repository.snapshots();
    TreeDiff.compare(
        repository,
        FilePath.ROOT,
        repository.node(all.getFirst(), FilePath.ROOT),
        repository.node(all.getLast(), FilePath.ROOT),
        TreeDiff.SHOWN,
        change -> count[0]++,
        new CancelToken());
    return count[0];
  }
}
