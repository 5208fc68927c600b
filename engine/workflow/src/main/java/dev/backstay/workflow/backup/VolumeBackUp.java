package dev.backstay.workflow.backup;

import dev.backstay.cluster.volume.VolumeReader;
import dev.backstay.model.FileEntry;
import dev.backstay.model.FileEntry.FileType;
import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.UnreachableException;
import dev.backstay.repository.FileContent;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.TreeAssembler;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import dev.backstay.workflow.job.Attempt;
import dev.backstay.workflow.job.JobContext;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries one volume into the repository: lists it, compares it with the parent restore point and
/// with what a killed run had saved, and streams only what is left. Used by one thread.
final class VolumeBackUp {

  /// How many bytes of a big file are saved between two notes of its progress.
  private static final long NOTE_EVERY = 8L << 20;

  private final JobContext context;
  private final RepositoryWriter writer;
  private final TreeAssembler trees;
  private final String pvc;
  private final FilePath folder;
  private final ParentFolders parent;
  private final SavedFiles saved;
  private final Map<Long, FileContent> linked = new HashMap<>();
  private final Tally tally = new Tally();
  private final List<ItemFailure> failures = new ArrayList<>();
  private final Attempt attempt;

  VolumeBackUp(
      JobContext context,
      OpenRepository repository,
      RepositoryWriter writer,
      TreeAssembler trees,
      @Nullable Snapshot parent,
      String pvc,
      SavedFiles saved) {
    this.context = context;
    this.attempt = new Attempt(context.progress());
    this.writer = writer;
    this.trees = trees;
    this.pvc = pvc;
    this.folder = folder(pvc);
    this.parent = new ParentFolders(repository, parent, folder);
    this.saved = saved;
  }

  /// Where a PVC's files are in the restore point.
  static FilePath folder(String pvc) {
    return FilePath.of("volumes/" + pvc);
  }

  /// Does all of it.
  ///
  /// @return what went in, and what could not be read
  /// @throws dev.backstay.model.UnreachableException if the pod was lost; the progress is as before
  VolumeResult run(VolumeReader reader) {
    try {
      return carry(reader);
    } catch (UnreachableException e) {
      attempt.undo();
      throw e;
    }
  }

  private VolumeResult carry(VolumeReader reader) {
    List<FileEntry> entries = new ArrayList<>();
    failures.addAll(reader.list(context.cancel(), entries::add));
    // Folders before their content, and each folder's content together: one parent tree at a time.
    entries.sort(
        Comparator.comparing((FileEntry e) -> e.path().parent()).thenComparing(FileEntry::path));
    long bytes = entries.stream().filter(VolumeBackUp::isFile).mapToLong(FileEntry::size).sum();
    attempt.expect(entries.size(), bytes);
    List<FileEntry> unread = new ArrayList<>();
    for (FileEntry entry : entries) {
      context.cancel().checkpoint();
      place(entry, unread);
    }
    read(reader, unread);
    trees.finish(folder);
    return tally.result(pvc, failures);
  }

  private static boolean isFile(FileEntry entry) {
    return entry.type() == FileType.FILE;
  }

  /// Adds what needs no reading, and collects the rest.
  private void place(FileEntry entry, List<FileEntry> unread) {
    if (entry.type() == FileType.SOCKET) {
      return; // as restic does: a socket means nothing after a restore
    }
    Node before = parent.find(entry);
    tally.met(entry, before);
    if (!isFile(entry) || entry.size() == 0) {
      add(entry, FileContent.EMPTY);
      attempt.done(1, 0);
    } else if (before != null && parent.unchanged(entry, before)) {
      tally.unchanged();
      known(entry, new FileContent(before.content(), entry.size(), 0));
    } else {
      resumeOrRead(entry, unread);
    }
  }

  private void resumeOrRead(FileEntry entry, List<FileEntry> unread) {
    SavedFiles.Saved found = saved.find(entry);
    if (found.bytes() == entry.size()) {
      known(entry, new FileContent(found.blobs(), entry.size(), 0));
    } else {
      unread.add(entry);
    }
  }

  private void known(FileEntry entry, FileContent content) {
    add(entry, content);
    if (entry.links() > 1) {
      linked.put(entry.inode(), content);
    }
    attempt.done(1, entry.size());
  }

  private void add(FileEntry entry, FileContent content) {
    Node node = Node.of(entry);
    if (entry.links() > 1 && isFile(entry)) {
      node = node.withDeviceId(1); // any constant: it only ties the links of one volume together
    }
    trees.add(
        join(folder, entry.path()),
        isFile(entry) ? node.withContent(content.blobs(), content.size()) : node);
  }

  private static FilePath join(FilePath folder, FilePath path) {
    FilePath joined = folder;
    for (byte[] name : path.components()) {
      joined = joined.resolve(name);
    }
    return joined;
  }

  private void read(VolumeReader reader, List<FileEntry> unread) {
    List<FileEntry> whole = new ArrayList<>();
    List<FileEntry> links = new ArrayList<>();
    for (FileEntry entry : unread) {
      SavedFiles.Saved begun = saved.find(entry);
      if (entry.links() > 1 && linked.putIfAbsent(entry.inode(), FileContent.EMPTY) != null) {
        links.add(entry); // its other name is read
      } else if (begun.bytes() > 0) {
        readRest(reader, entry, begun);
      } else {
        whole.add(entry);
      }
    }
    failures.addAll(reader.read(whole, this::save, context.cancel()));
    for (FileEntry entry : links) {
      add(entry, linked.getOrDefault(entry.inode(), FileContent.EMPTY));
      attempt.done(1, entry.size());
    }
  }

  private void readRest(VolumeReader reader, FileEntry entry, SavedFiles.Saved begun) {
    attempt.done(0, begun.bytes());
    failures.addAll(
        reader.readFrom(
            entry, begun.bytes(), (file, in) -> store(file, begun.blobs(), in), context.cancel()));
  }

  private void save(FileEntry entry, InputStream in) {
    store(entry, List.of(), in);
  }

  private void store(FileEntry entry, List<BlobId> prefix, InputStream in) {
    List<BlobId> pieces = new ArrayList<>();
    long[] noted = {0};
    FileContent content =
        writer.saveFile(
            prefix,
            in,
            (id, length) -> {
              pieces.add(id);
              noted[0] += length;
              if (noted[0] >= NOTE_EVERY) {
                saved.add(entry, pieces);
                pieces.clear();
                noted[0] = 0;
              }
            },
            context.cancel(),
            (items, bytes) -> {
              attempt.done(0, bytes);
              context.progress().moved(bytes);
            });
    saved.add(entry, pieces);
    tally.read(content);
    if (entry.links() > 1) {
      linked.put(entry.inode(), content);
    }
    add(entry, content);
    attempt.done(1, 0);
  }
}
