package dev.backstay.cluster.mover;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry;
import dev.backstay.model.FileEntry.FileType;
import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.model.UnreachableException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes files into a volume through a [Mover]. Used by one thread.
///
/// What is there already as it should be (type, size, time to the second, mode, owners) is not
/// sent, so a run that was cut goes on where it stopped.
public final class FilesIn {

  /// What happens to what is in the volume already.
  public enum Mode {
    /// Other files stay.
    MERGE,
    /// Other files are removed.
    MIRROR
  }

  private static final int TRIES = 4;
  private static final int BATCH_FILES = 4_000;
  private static final long BATCH_BYTES = 256L << 20;

  private final Mover mover;
  private final String volume;
  private final MoverUser user;

  /// @param volume the PVC's name, for messages
  /// @param user as whom the mover writes
  public FilesIn(Mover mover, String volume, MoverUser user) {
    this.mover = mover;
    this.volume = volume;
    this.user = user;
  }

  /// Makes the volume hold the files.
  ///
  /// @param wanted the root included; parents before what is in them
  /// @param scope which of them, and of what is there, may be changed; folders outside it are only
  ///   made where they are missing
  /// @param contents opens a file's content, exactly as long as its entry says
  /// @param meter gets every file, sent or not
  /// @return what is not as it should be in the end
  public List<ItemFailure> write(
      List<FileEntry> wanted,
      FileScope scope,
      Contents contents,
      Mode mode,
      CancelToken cancel,
      Meter meter) {
    Map<FilePath, FileEntry> there = listing(cancel);
    List<FileEntry> files = wanted.stream().filter(file -> changes(file, there, scope)).toList();
    remove(surplus(wanted, there, mode, scope), cancel);
    Map<Long, FilePath> links = new HashMap<>();
    List<FileEntry> left = new ArrayList<>();
    for (FileEntry file : files) {
      boolean first = links.putIfAbsent(linkKey(file), file.path()) == null || file.links() <= 1;
      FileEntry now = there.get(file.path());
      if (now != null && same(file, now) && first && file.type() != FileType.FOLDER) {
        meter.add(1, file.type() == FileType.FILE ? file.size() : 0);
      } else if (sent(file)) {
        left.add(file);
      }
    }
    TarWriter tar = new TarWriter(contents, links, meter);
    for (List<FileEntry> batch : batches(left)) {
      send(tar, batch, cancel);
    }
    finish(tar, files, left, cancel);
    return compare(files, listing(cancel));
  }

  /// What [#write] would do, file by file, with what was there when it was listed. Folders that are
  /// only on the way, and files that are as wanted, come too.
  public static void foresee(
      List<FileEntry> wanted,
      Map<FilePath, FileEntry> there,
      FileScope scope,
      Mode mode,
      Consumer<FileFate> fates) {
    wanted.stream()
        .filter(file -> !file.path().isRoot() && sent(file))
        .map(file -> fate(file, there.get(file.path()), scope))
        .forEach(fates);
    Set<FilePath> kept = new HashSet<>();
    wanted.forEach(file -> kept.add(file.path()));
    surplus(wanted, there, mode, scope).stream()
        .filter(path -> !kept.contains(path))
        .map(path ->
            new FileFate(
                path,
                FileFate.What.DELETE,
                size(Objects.requireNonNull(there.get(path))),
                "it is not in the restore point"))
        .forEach(fates);
  }

  /// A socket is made by its server; what is of an unknown type cannot be made.
  private static boolean sent(FileEntry file) {
    return file.type() != FileType.SOCKET && file.type() != FileType.OTHER;
  }

  private static FileFate fate(FileEntry file, @Nullable FileEntry now, FileScope scope) {
    if (now == null) {
      return new FileFate(file.path(), FileFate.What.CREATE, size(file), "");
    }
    if (same(file, now)) {
      String equal = "type, size, time, mode and owner are equal";
      return new FileFate(file.path(), FileFate.What.SKIP, size(file), equal);
    }
    if (file.type() == now.type() && !scope.covers(file.path())) {
      return new FileFate(file.path(), FileFate.What.SKIP, 0, "it is only on the way");
    }
    String why = difference(file, now).replaceFirst(" and not .*", "");
    return new FileFate(file.path(), FileFate.What.OVERWRITE, size(file), "what is there: " + why);
  }

  private static long size(FileEntry file) {
    return file.type() == FileType.FILE ? file.size() : 0;
  }

  /// A folder on the way to what is in scope stays as it is, if it is there.
  private static boolean changes(FileEntry file, Map<FilePath, FileEntry> there, FileScope scope) {
    FileEntry now = there.get(file.path());
    return scope.covers(file.path()) || now == null || now.type() != file.type();
  }

  /// Opens the content of a file.
  @FunctionalInterface
  public interface Contents extends Function<FileEntry, java.io.InputStream> {}

  private static Long linkKey(FileEntry file) {
    // Files with one name get a key of their own: their path cannot collide with an inode.
    return file.links() > 1 && file.type() == FileType.FILE
        ? (Long) file.inode()
        : (Long) (Long.MIN_VALUE + (file.path().hashCode() & 0xffff_ffffL));
  }

  private Map<FilePath, FileEntry> listing(CancelToken cancel) {
    Map<FilePath, FileEntry> there = new HashMap<>();
    new FilesOut(mover, volume).list(cancel, entry -> there.put(entry.path(), entry));
    return there;
  }

  /// What has to go: what stands in the way as another type, and when mirroring all that is not
  /// wanted.
  private static List<FilePath> surplus(
      List<FileEntry> files, Map<FilePath, FileEntry> there, Mode mode, FileScope scope) {
    Map<FilePath, FileEntry> wanted = new HashMap<>();
    files.forEach(file -> wanted.put(file.path(), file));
    return there.values().stream()
        .filter(now -> !now.path().isRoot())
        .filter(now -> {
          FileEntry file = wanted.get(now.path());
          return file == null
              ? mode == Mode.MIRROR
                  && scope.covers(now.path())
                  && !now.path().equals(FilePath.of("lost+found"))
              : file.type() != now.type();
        })
        .map(FileEntry::path)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private void remove(List<FilePath> paths, CancelToken cancel) {
    for (int at = 0; at < paths.size(); at += BATCH_FILES) {
      cancel.checkpoint();
      ByteArrayOutputStream names = new ByteArrayOutputStream();
      paths
          .subList(at, Math.min(paths.size(), at + BATCH_FILES))
          .forEach(path -> FilesOut.name(names, path));
      mover.send(cancel, "remove", names.size(), names::writeTo);
    }
  }

  private static boolean same(FileEntry file, FileEntry now) {
    return alike(file, now) && file.modified().seconds() == now.modified().seconds();
  }

  private static boolean alike(FileEntry file, FileEntry now) {
    return file.type() == now.type()
        && file.mode() == now.mode()
        && file.uid() == now.uid()
        && file.gid() == now.gid()
        && (file.type() == FileType.FOLDER || file.size() == now.size())
        && file.device() == now.device()
        && Objects.equals(file.linkTarget(), now.linkTarget());
  }

  /// The time of the volume's own folder, which the kubelet makes, can only be set by root.
  private boolean asWanted(FileEntry file, FileEntry now) {
    boolean given = file.path().isRoot() && !user.root();
    return given ? alike(file, now) : same(file, now);
  }

  private static List<List<FileEntry>> batches(List<FileEntry> files) {
    List<List<FileEntry>> batches = new ArrayList<>();
    List<FileEntry> batch = new ArrayList<>();
    long bytes = 0;
    for (FileEntry file : files) {
      batch.add(file);
      bytes += file.size();
      if (batch.size() >= BATCH_FILES || bytes >= BATCH_BYTES) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private void send(TarWriter tar, List<FileEntry> batch, CancelToken cancel) {
    long length = tar.length(batch);
    for (int failed = 1; ; failed++) {
      cancel.checkpoint();
      try {
        mover.send(cancel, "write", length, out -> tar.write(batch, out, cancel));
        return;
      } catch (UnreachableException e) {
        cancel.checkpoint();
        if (failed >= TRIES) {
          throw e;
        }
      }
    }
  }

  /// What tar alone does not carry: owners and times of symlinks, and times of folders whose
  /// content came after them; deepest first.
  private void finish(
      TarWriter tar, List<FileEntry> files, List<FileEntry> sent, CancelToken cancel) {
    ByteArrayOutputStream links = new ByteArrayOutputStream();
    for (FileEntry file : sent) {
      if (file.type() == FileType.SYMLINK) {
        text(links, file.uid() + ":" + file.gid());
        text(links, Long.toString(file.modified().seconds()));
        FilesOut.name(links, file.path());
      }
    }
    if (links.size() > 0) {
      mover.send(cancel, "links", links.size(), links::writeTo);
    }
    List<FileEntry> folders =
        files.stream()
            .filter(file -> file.type() == FileType.FOLDER)
            .sorted(Comparator.comparing(FileEntry::path).reversed())
            .toList();
    for (List<FileEntry> batch : batches(folders)) {
      send(tar.silent(), batch, cancel);
    }
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    out.write(0);
  }

  private List<ItemFailure> compare(List<FileEntry> files, Map<FilePath, FileEntry> there) {
    Map<String, ItemFailure> failures = new LinkedHashMap<>();
    for (FileEntry file : files) {
      FileEntry now = there.get(file.path());
      boolean fine = file.type() == FileType.SOCKET || (now != null && asWanted(file, now));
      String item = "volumes/" + volume + "/" + file.path();
      if (file.type() == FileType.OTHER) {
        failures.put(item, unknown(item));
      } else if (!fine) {
        failures.put(
            item,
            new ItemFailure(
                item,
                now == null ? "volume.file-missing" : "volume.file-differs",
                now == null
                    ? "the file could not be written"
                    : "restored, but " + difference(file, now),
                "look at the pod's rights and the space in the volume"));
      }
    }
    return List.copyOf(failures.values());
  }

  private static ItemFailure unknown(String item) {
    return new ItemFailure(
        item,
        "volume.unknown-type",
        "is of a type that this version does not know, and was not restored",
        "restore it with a newer version");
  }

  private static String difference(FileEntry file, FileEntry now) {
    if (file.type() != now.type()) {
      return "it is another type of file";
    }
    if (file.mode() != now.mode()) {
      return "its mode is "
          + Integer.toOctalString(now.mode())
          + " and not "
          + Integer.toOctalString(file.mode());
    }
    if (file.uid() != now.uid() || file.gid() != now.gid()) {
      return "its owner is "
          + now.uid()
          + ":"
          + now.gid()
          + " and not "
          + file.uid()
          + ":"
          + file.gid();
    }
    return file.type() != FileType.FOLDER && file.size() != now.size()
        ? "its size differs"
        : "its time or target differs";
  }
}
