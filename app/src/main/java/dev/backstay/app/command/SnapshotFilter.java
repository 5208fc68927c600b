package dev.backstay.app.command;

import dev.backstay.model.NotFoundException;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.SnapshotInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/// Which snapshots are meant, in restic's words.
final class SnapshotFilter {

  @Option(
      names = {"-H", "--host"},
      paramLabel = "HOST",
      description = "Only snapshots of this host; may be repeated.")
  List<String> hosts = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "TAG[,TAG]",
      description = "Only snapshots with all of these tags; may be repeated for others.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Only snapshots of this path; repeated: of all of them.")
  List<String> paths = new ArrayList<>();

  private boolean matches(SnapshotInfo snapshot) {
    boolean host = hosts.isEmpty() || hosts.contains(snapshot.hostname());
    boolean tagged =
        tags.isEmpty()
            || tags.stream().anyMatch(all -> snapshot.tags().containsAll(Set.of(all.split(","))));
    return host && tagged && snapshot.paths().containsAll(paths);
  }

  /// Newest first.
  List<SnapshotInfo> list(RepositorySession session) {
    return session.snapshots().stream().filter(this::matches).toList().reversed();
  }

  /// @param id the beginning of an id, or `latest` for the newest that matches
  SnapshotInfo find(RepositorySession session, String id) {
    if (!id.equals("latest")) {
      return session.snapshot(id);
    }
    return list(session).stream().findFirst().orElseThrow(SnapshotFilter::none);
  }

  private static NotFoundException none() {
    return new NotFoundException(
        "repository.no-snapshot",
        "there is no such snapshot in the repository",
        "list them with 'repo snapshots'");
  }
}
