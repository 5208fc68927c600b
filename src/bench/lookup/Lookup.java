import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.LocalStore;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/// Opens a repository and looks things up in it, in a process that has unlocked it already.
public final class Lookup {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private interface Work {
    Object run();
  }

  private static void measure(String what, Work work) {
    long wall = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    Object result = work.run();
    System.out.printf(
        "%-24s %7.3f s wall %7.3f s cpu   %s%n",
        what,
        (System.nanoTime() - wall) / 1e9,
        (SYSTEM.getProcessCpuTime() - cpu) / 1e9,
        result);
  }

  public static void main(String[] arguments) {
    Path cache = arguments.length > 1 ? Path.of(arguments[1]) : null;
    RepositorySettings settings = RepositorySettings.ofThisMachine().withCache(cache);
    OpenRepository[] opened = new OpenRepository[1];
    measure(
        "unlock",
        () -> {
          opened[0] =
              Repository.open(new LocalStore(Path.of(arguments[0])), Secret.of("bench"), settings);
          return "";
        });
    try (OpenRepository repository = opened[0]) {
      measure("index", () -> repository.knows(new BlobId(1, 2, 3, 4)));
      Snapshot[] latest = new Snapshot[1];
      measure("snapshots", () -> (latest[0] = repository.snapshot("latest")).shortId());
      measure("first level", () -> repository.tree(latest[0].tree()).size());
      measure(
          "second level",
          () ->
              repository
                  .tree(repository.node(latest[0], FilePath.of("data")).subtree())
                  .size());
      for (int i = 0; i < 2; i++) {
        measure(
            "walk",
            () -> {
              long[] count = new long[1];
              repository.walk(
                  repository.node(latest[0], FilePath.ROOT),
                  (path, node) -> {
                    count[0]++;
                    return true;
                  },
                  new CancelToken());
              return count[0];
            });
      }
      measure(
          "close",
          () -> {
            repository.close();
            return "";
          });
    }
  }
}
