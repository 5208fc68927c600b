package dev.backstay.workflow.journal;

import dev.backstay.catalog.ProcessLock;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Outcome;
import dev.backstay.model.StorageException;
import dev.backstay.workflow.job.JobId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one writer of a journal: appends a line and syncs it. Written with a [RandomAccessFile],
/// which an interrupted thread does not close.
final class JournalFile implements OpenJournal {

  private static final int ITEMS_KEPT = 1000;

  private final Path file;
  private final JobId job;
  private final JournalOwner self;
  private final InstantSource clock;
  private final ProcessLock lock;
  private final Runnable onClose;
  private final RandomAccessFile out;
  private final JournalState state;
  private long length;
  private boolean closed;

  private JournalFile(Journals.Place place, RandomAccessFile out, JournalState state, long length) {
    this.file = place.file();
    this.job = place.job();
    this.self = place.self();
    this.clock = place.clock();
    this.lock = place.lock();
    this.onClose = place.onClose();
    this.out = out;
    this.state = state;
    this.length = length;
  }

  static JournalFile begin(Journals.Place place, Entry.Begun begun) throws IOException {
    PrivateFiles.write(place.file(), "");
    JournalFile journal = open(place, new JournalState(begun), 0);
    try {
      journal.append(_ -> begun);
      PrivateFiles.sync(PrivateFiles.folderOf(place.file()));
      return journal;
    } catch (EngineException e) {
      journal.delete();
      throw e;
    }
  }

  /// Goes on after the last whole line.
  static JournalFile open(Journals.Place place, JournalState state, long length)
      throws IOException {
    RandomAccessFile out = new RandomAccessFile(place.file().toFile(), "rw");
    try {
      out.setLength(length);
      return new JournalFile(place, out, state, length);
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  @Override
  public JobId job() {
    return job;
  }

  @Override
  public synchronized JournalView view() {
    return state.view(!closed);
  }

  @Override
  public void takenUp() {
    append(at -> new Entry.TakenUp(at, self));
  }

  @Override
  public void step(String name) {
    append(at -> new Entry.Step(at, name));
  }

  @Override
  public void creating(String path) {
    append(at -> new Entry.Creating(at, path));
  }

  @Override
  public void removed(String path) {
    append(at -> new Entry.Removed(at, path));
  }

  @Override
  public void note(String key, String value) {
    append(at -> new Entry.Note(at, key, value));
  }

  @Override
  public void ended(Outcome outcome) {
    JournalEnd end = end(outcome);
    append(at -> new Entry.Ended(at, end));
  }

  private static JournalEnd end(Outcome outcome) {
    List<ItemFailure> warnings = first(outcome.warnings());
    String point = outcome.restorePoint();
    return switch (outcome) {
      case Outcome.Completed _ -> new JournalEnd("COMPLETED", point, null, List.of(), warnings);
      case Outcome.PartiallyFailed o ->
          new JournalEnd("PARTIALLY_FAILED", point, null, first(o.failures()), warnings);
      case Outcome.Failed o ->
          new JournalEnd("FAILED", point, ItemFailure.of("", o.error()), List.of(), warnings);
      case Outcome.Cancelled _ -> new JournalEnd("CANCELLED", point, null, List.of(), warnings);
    };
  }

  private static List<ItemFailure> first(List<ItemFailure> items) {
    return items.stream().limit(ITEMS_KEPT).toList();
  }

  private synchronized void append(Function<Instant, Entry> making) {
    if (closed) {
      throw new StorageException("journal.closed", "the journal of job " + job + " is closed", "");
    }
    Entry entry = making.apply(clock.instant());
    byte[] line = (EntryFormat.write(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      out.seek(length);
      out.write(line);
      out.getFD().sync();
    } catch (IOException e) {
      takeBack();
      throw new StorageException(
          "journal.cannot-write",
          "the journal of job " + job + " in " + file.getParent() + " cannot be written",
          "free some space or check the disk, then try again",
          e);
    }
    length += line.length;
    state.apply(entry);
  }

  /// A line that was written by half would spoil the next one.
  private void takeBack() {
    try {
      out.setLength(length);
    } catch (IOException e) {
      // the next line overwrites it, or is refused as well
    }
  }

  @Override
  public void delete() {
    close(file, Path.of(file + ".lock"));
  }

  @Override
  public void close() {
    close(null, null);
  }

  /// The files go while the lock is held, so nobody takes over what is about to vanish.
  private synchronized void close(@Nullable Path first, @Nullable Path second) {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      out.close();
      for (Path path : first == null || second == null ? List.<Path>of() : List.of(first, second)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // what stays is folded into the history once more at the next start
    } finally {
      onClose.run();
    }
  }
}
