package dev.backstay.workflow.repository;

import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.StoreOptions;
import dev.backstay.model.StorePlace;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.stores.S3Probe;
import dev.backstay.stores.StoreFinding;
import dev.backstay.stores.StoreReport;
import dev.backstay.stores.Stores;
import dev.backstay.workflow.repository.Capability.Answer;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Tries what a repository will ask of a place, with files of its own that it removes again, and
/// finds the options that work there. May wait.
public final class PlaceTest {

  private static final String PROFILE = "profile";
  private static final Set<String> BLIND = Set.of("reach", "bucket", "list");
  private static final Set<String> FOUND =
      Set.of("region", "path-style", "checksums", "conditional-put");

  private final StoreAccess access;

  /// For folders, and buckets that the environment alone opens.
  public PlaceTest(InstantSource clock) {
    this(
        new StoreAccess(
            System.getenv(), null, null, StoreAccess.Declared.NONE, clock, new StoreNotices()));
  }

  public PlaceTest(StoreAccess access) {
    this.access = access;
  }

  /// What is there.
  public enum Holds {
    NOTHING,
    REPOSITORY,
    /// Files that are no repository.
    OTHER_FILES,
    /// It cannot be looked at.
    UNKNOWN
  }

  /// @param capabilities in the order in which they were tried; those behind a missing one are not
  /// @param working the options that were asked for, with what was found; for
  ///   [StoreAccess#remember]
  public record Report(Holds holds, List<Capability> capabilities, StoreOptions working) {
    public boolean usable() {
      return capabilities.stream().noneMatch(c -> c.answer() == Answer.MISSING);
    }
  }

  /// With the options that are declared for it.
  public Report test(RepositoryLocation location) {
    return test(location, access.options(location));
  }

  /// With the options that are declared for it; whatever is found to work is used from now on.
  public Report find(RepositoryLocation location) {
    Report report = test(location);
    // not what was asked for this once, such as a profile
    remember(location, report, FOUND);
    return report;
  }

  /// With that profile of the AWS files, whatever is declared and was found before; the profile too
  /// is used from now on, if it serves.
  ///
  /// @param profile empty for the usual credentials
  public Report find(RepositoryLocation location, String profile) {
    Report report = test(location, options(location, profile));
    Set<String> kept = new HashSet<>(FOUND);
    kept.add(PROFILE);
    remember(location, report, kept);
    return report;
  }

  private StoreOptions options(RepositoryLocation location, String profile) {
    Map<String, String> named = new TreeMap<>(access.options(location).named());
    named.remove(PROFILE);
    if (!profile.isEmpty()) {
      named.put(PROFILE, profile);
    }
    return StoreOptions.of(named);
  }

  /// Makes the bucket that a location names, if it is not there and the credentials allow it.
  ///
  /// @param profile of the AWS files; empty for the usual credentials
  /// @throws dev.backstay.model.EngineException if they don't
  public void makeBucket(RepositoryLocation location, String profile) {
    try (ObjectStore store = access.with(location, options(location, profile)).open(location)) {
      store.create();
    }
  }

  private void remember(RepositoryLocation location, Report report, Set<String> kept) {
    if (report.usable() && location.place() instanceof StorePlace.Bucket) {
      Map<String, String> named = new TreeMap<>(report.working().named());
      named.keySet().retainAll(kept);
      access.remember(location, StoreOptions.of(named));
    }
  }

  public Report test(RepositoryLocation location, StoreOptions options) {
    return switch (location.place()) {
      case StorePlace.Folder folder ->
          new FolderTest(access.clock()).test(Stores.path(folder), options);
      case StorePlace.Bucket bucket ->
          shown(S3Probe.run(bucket, options, access.environment(), access.clock()));
    };
  }

  private static Report shown(StoreReport report) {
    List<Capability> capabilities = report.findings().stream().map(PlaceTest::shown).toList();
    return new Report(holds(report), capabilities, report.working());
  }

  private static Holds holds(StoreReport report) {
    if (report.repository()) {
      return Holds.REPOSITORY;
    }
    if (report.empty()) {
      return Holds.NOTHING;
    }
    boolean looked = report.findings().stream().noneMatch(PlaceTest::hides);
    return looked ? Holds.OTHER_FILES : Holds.UNKNOWN;
  }

  /// Whether nothing can have been seen of what is there.
  private static boolean hides(StoreFinding finding) {
    return finding.answer() == StoreFinding.Answer.MISSING && BLIND.contains(finding.name());
  }

  private static Capability shown(StoreFinding finding) {
    Answer answer =
        switch (finding.answer()) {
          case GOOD -> Answer.GOOD;
          case DOUBTFUL -> Answer.DOUBTFUL;
          case MISSING -> Answer.MISSING;
        };
    return new Capability(finding.name(), answer, finding.detail(), finding.remedy());
  }
}
