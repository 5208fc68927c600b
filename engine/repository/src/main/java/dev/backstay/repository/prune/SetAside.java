package dev.backstay.repository.prune;

import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.lock.HeldLock;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What earlier runs set aside, and what of it nobody has to be waited for any more.
///
/// @param candidates all candidate files
/// @param lists all lock lists
/// @param ripe those of the lists whose every lock is gone
/// @param unreadable files of either kind that cannot be read; only where nobody else writes
record SetAside(
    List<CandidateFile> candidates,
    List<LockListFile> lists,
    List<LockListFile> ripe,
    List<StoreKey> unreadable) {

  private static final Duration FUTURE = Duration.ofMinutes(5);

  /// The locks are listed before anything else is: whoever held one of them has finished, and what
  /// it wrote is seen by every later listing.
  ///
  /// @param own the origin of the lock that is held
  static SetAside look(PruneGround ground, PruneOptions options, String own) {
    List<StoreKey> unreadable = new ArrayList<>();
    List<LockListFile> lists =
        files(ground, options, FileKind.LOCK_LIST, LockListFile::decode, unreadable);
    List<LockListFile> ripe = new ArrayList<>();
    if (!lists.isEmpty()) {
      List<HeldLock> held = locks(ground, own);
      Instant now = ground.clock().instant();
      lists.stream().filter(list -> ripe(list, held, now, options)).forEach(ripe::add);
    }
    return new SetAside(List.of(), lists, ripe, unreadable);
  }

  /// With the candidate files. To be called when the index is loaded: what it lacks by then stands
  /// in one of them.
  SetAside withCandidates(PruneGround ground, PruneOptions options) {
    List<StoreKey> all = new ArrayList<>(unreadable);
    List<CandidateFile> files =
        files(ground, options, FileKind.CANDIDATES, CandidateFile::decode, all);
    return new SetAside(files, lists, ripe, all);
  }

  /// Reads a file's plain bytes.
  private interface Decoder<T> {
    T decode(byte[] json, String name);
  }

  /// A prune must know them all, unless it works alone: then nobody relies on them, and what they
  /// name is in no index.
  private static <T> List<T> files(
      PruneGround ground,
      PruneOptions options,
      FileKind kind,
      Decoder<T> decoder,
      List<StoreKey> unreadable) {
    List<T> files = new ArrayList<>();
    for (StoredFile file : ground.store().list(kind)) {
      try {
        files.add(decoder.decode(ground.files().load(file.key()), file.key().name()));
      } catch (NotFoundException e) {
        // Done with by another prune since it was listed.
      } catch (DamagedException e) {
        if (!options.exclusive()) {
          throw new DamagedException(
              "prune.aside-damaged",
              String.valueOf(e.getMessage()),
              "prune once with --exclusive while nobody writes: that does without this file",
              e);
        }
        unreadable.add(file.key());
      }
    }
    return files;
  }

  /// Everybody else's locks.
  static List<HeldLock> locks(PruneGround ground, String own) {
    return HeldLock.list(ground.store(), ground.files()).stream()
        .filter(lock -> !lock.origin().equals(own))
        .toList();
  }

  private static boolean ripe(
      LockListFile list, List<HeldLock> held, Instant now, PruneOptions options) {
    boolean old =
        list.time().isBefore(now.plus(FUTURE))
            && !now.isBefore(list.time().plus(options.minimumAge()));
    return (old || options.exclusive())
        && (list.locks().isEmpty() || held.stream().allMatch(HeldLock::readable))
        && list.locks().stream().noneMatch(lock -> held.stream().anyMatch(lock::sameHolder));
  }

  /// Candidates that no list stands for: the run that wrote them was cut off.
  List<CandidateFile> unfinished() {
    Set<String> listed = new HashSet<>();
    lists.forEach(list -> listed.addAll(list.candidates()));
    return candidates.stream().filter(file -> !listed.contains(file.name())).toList();
  }

  /// The candidates of ripe lists, and of no other.
  List<CandidateFile> ripeCandidates() {
    Set<String> waiting = new HashSet<>();
    lists.stream()
        .filter(list -> !ripe.contains(list))
        .forEach(list -> waiting.addAll(list.candidates()));
    Set<String> free = new HashSet<>();
    ripe.forEach(list -> free.addAll(list.candidates()));
    return candidates.stream()
        .filter(file -> free.contains(file.name()) && !waiting.contains(file.name()))
        .toList();
  }

  /// Packs that one of the other candidates names: they rest.
  Set<String> resting() {
    List<CandidateFile> free = ripeCandidates();
    Set<String> resting = new HashSet<>();
    candidates.stream()
        .filter(file -> !free.contains(file))
        .forEach(file -> {
          file.packs().stream().map(IndexedPack::id).forEach(resting::add);
          resting.addAll(file.strays());
        });
    return resting;
  }

  /// Packs that nobody refers to but candidates, and nobody has to be waited for.
  Set<String> ripePacks() {
    Set<String> ripe = new HashSet<>();
    ripeCandidates()
        .forEach(file -> {
          file.packs().stream().map(IndexedPack::id).forEach(ripe::add);
          ripe.addAll(file.strays());
        });
    ripe.removeAll(resting());
    return ripe;
  }

  /// How many snapshots there were when something was last set aside.
  long snapshotsBefore() {
    return candidates.stream().mapToLong(CandidateFile::snapshots).max().orElse(0);
  }
}
