package dev.backstay.workflow.browse;

import dev.backstay.model.FilePath;
import dev.backstay.repository.browse.PathVersion;
import dev.backstay.repository.tree.Node;
import dev.backstay.workflow.browse.FileVersion.Presence;
import dev.backstay.workflow.repository.FileInfo;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.SnapshotInfo;
import org.jspecify.annotations.Nullable;

/// A file as it was in one or several snapshots in a row.
///
/// @param newest the newest snapshot that holds it so
/// @param oldest the oldest of that row
/// @param snapshots how many hold it so
/// @param presence whether they hold it at all
/// @param file what was kept of it in the newest one, null unless it is present
/// @param content names its content: equal contents have equal names; empty unless it is present
public record SnapshotVersion(
    SnapshotInfo newest,
    SnapshotInfo oldest,
    int snapshots,
    Presence presence,
    @Nullable FileInfo file,
    String content) {

  static SnapshotVersion of(FilePath path, PathVersion<SnapshotInfo> version) {
    Node node = version.node();
    return new SnapshotVersion(
        version.newest(),
        version.oldest(),
        version.count(),
        Presence.of(version.presence()),
        node == null ? null : RepositorySession.info(path, node),
        version.content());
  }
}
