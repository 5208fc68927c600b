package dev.backstay.workflow.journal;

import dev.backstay.catalog.ProcessLock;
import dev.backstay.model.LockedException;
import dev.backstay.model.StorageException;
import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journals of a folder: those this process writes, those other processes write now, and those
/// that dead ones left. Contacts nothing. Safe for use by many threads.
///
/// `<job>.jsonl` holds one JSON object a line; `<job>.jsonl.lock` is locked by the process that
/// works on the job, for as long as it lives.
public final class Journals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journals.class);
  private static final String SUFFIX = ".jsonl";

  /// Others look at a lock for less than this when they list the journals.
  private static final Duration LOOK = Duration.ofMillis(20);

  private static final int LOOKS = 3;

  private final Path folder;
  private final InstantSource clock;
  private final JournalOwner self;
  private final Map<JobId, JournalFile> open = new ConcurrentHashMap<>();

  private Journals(Path folder, String installation, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    this.self = Processes.self(installation);
  }

  /// @param folder one file per job; made with the first
  /// @param installation see [Installation#id]
  public static Journals open(Path folder, String installation, InstantSource clock) {
    return new Journals(folder, installation, clock);
  }

  /// What a journal needs to be written.
  record Place(
      Path file,
      JobId job,
      JournalOwner self,
      InstantSource clock,
      ProcessLock lock,
      Runnable onClose) {}

  /// Begins the journal of a new job: its first entry is on the disk when this returns.
  ///
  /// @throws dev.backstay.model.StorageException if it cannot be written
  public OpenJournal begin(JobId job, JobSpec spec) {
    try {
      PrivateFiles.createFolder(folder);
      ProcessLock lock = lock(job).orElseThrow(() -> taken(job));
      boolean begun = false;
      try {
        Entry.Begun first = new Entry.Begun(clock.instant(), job, spec, self);
        JournalFile journal = JournalFile.begin(place(job, lock), first);
        open.put(job, journal);
        begun = true;
        return journal;
      } finally {
        if (!begun) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw new StorageException(
          "journal.cannot-write",
          "the journal of job " + job + " in " + folder + " cannot be written",
          "free some space or check the disk, then try again",
          e);
    }
  }

  private static LockedException taken(JobId job) {
    return new LockedException("journal.taken", "job " + job + " is worked on already", "");
  }

  private Place place(JobId job, ProcessLock lock) {
    return new Place(file(job), job, self, clock, lock, () -> open.remove(job));
  }

  private Path file(JobId job) {
    return folder.resolve(job.text() + SUFFIX);
  }

  private Optional<ProcessLock> lock(JobId job) throws IOException {
    Path file = folder.resolve(job.text() + SUFFIX + ".lock");
    Optional<ProcessLock> lock = ProcessLock.tryAcquire(file);
    for (int i = 0; i < LOOKS && lock.isEmpty(); i++) {
      LockSupport.parkNanos(LOOK.toNanos());
      lock = ProcessLock.tryAcquire(file);
    }
    return lock;
  }

  /// Every journal there is, oldest first.
  public List<JournalView> all() {
    List<JournalView> views = new ArrayList<>();
    jobs().forEach(job -> find(job).ifPresent(views::add));
    views.sort(Comparator.comparing(JournalView::begun).thenComparing(v -> v.job().text()));
    return views;
  }

  private List<JobId> jobs() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[a-z0-9]{12}\\.jsonl"))
          .map(name -> new JobId(name.substring(0, name.length() - SUFFIX.length())))
          .toList();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private StorageException unreadable(IOException e) {
    return new StorageException(
        "journal.cannot-read",
        "the journals in " + folder + " cannot be read",
        "make the folder readable for you, or name another with BACKSTAY_HOME",
        e);
  }

  /// Jobs without an end whose process is gone.
  public List<JournalView> dead() {
    return all().stream().filter(JournalView::interrupted).toList();
  }

  /// Jobs that nobody works on and that left something in a cluster, ended or not.
  public List<JournalView> leftovers() {
    return all().stream().filter(v -> !v.alive() && !v.leftovers().isEmpty()).toList();
  }

  /// What the journal of this job says; empty if it has none.
  public Optional<JournalView> find(JobId job) {
    JournalFile mine = open.get(job);
    if (mine != null) {
      return Optional.of(mine.view());
    }
    try {
      // first whether it is alive: what a dead one wrote does not change any more
      boolean alive = alive(job);
      return JournalReader.read(file(job)).state().map(state -> view(state, alive));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private JournalView view(JournalState state, boolean alive) {
    JournalView view = state.view(alive);
    if (lockable()) {
      return view;
    }
    return state.view(Processes.alive(view.owner(), self.host()));
  }

  private boolean alive(JobId job) throws IOException {
    if (!lockable()) {
      return false;
    }
    Optional<ProcessLock> lock = Files.exists(file(job)) ? lock(job) : Optional.empty();
    lock.ifPresent(ProcessLock::close);
    return lock.isEmpty();
  }

  /// A folder that may only be read has no locks: the process ids have to do.
  private boolean lockable() {
    return Files.isWritable(folder);
  }

  /// Takes over the journal of a job that nobody works on, to take the job up or to clean up after
  /// it. Empty if it does not exist or somebody has it. Nothing is written by this.
  public Optional<OpenJournal> claim(JobId job) {
    if (!Files.exists(file(job))) {
      return Optional.empty();
    }
    try {
      Optional<ProcessLock> lock = lock(job);
      return lock.isEmpty() ? Optional.empty() : reopen(job, lock.get());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Optional<OpenJournal> reopen(JobId job, ProcessLock lock) throws IOException {
    boolean kept = false;
    try {
      JournalReader.Content content = JournalReader.read(file(job));
      if (content.state().isEmpty()) {
        return Optional.empty();
      }
      JournalFile journal =
          JournalFile.open(place(job, lock), content.state().get(), content.length());
      open.put(job, journal);
      kept = true;
      return Optional.of(journal);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } finally {
      if (!kept) {
        lock.close();
      }
    }
  }

  /// Removes journals whose first entry never got to the disk: their jobs did nothing.
  public void dropUnbegun() {
    for (JobId job : jobs()) {
      if (!open.containsKey(job)) {
        dropIfUnbegun(job);
      }
    }
  }

  private void dropIfUnbegun(JobId job) {
    try {
      Optional<ProcessLock> lock = lock(job);
      if (lock.isEmpty()) {
        return;
      }
      try (ProcessLock _ = lock.get()) {
        if (JournalReader.read(file(job)).length() == 0) {
          Files.deleteIfExists(file(job));
          Files.deleteIfExists(Path.of(file(job) + ".lock"));
        }
      }
    } catch (IOException e) {
      LOG.debug("journal of {} not looked at", job, e);
    }
  }

  /// Lets go of those still open: their jobs count as interrupted from now on.
  @Override
  public void close() {
    List.copyOf(open.values()).forEach(JournalFile::close);
  }
}
