package dev.backstay.workflow.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry;
import dev.backstay.model.FilePath;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.tree.Node;
import dev.backstay.workflow.repository.FileInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// One search in one restore point.
final class FileSearch {

  private final OpenRepository repository;
  private final FindCriteria criteria;
  private final Glob glob;
  private final Consumer<FileInfo> hits;
  private final CancelToken cancel;

  FileSearch(
      OpenRepository repository,
      FindCriteria criteria,
      Consumer<FileInfo> hits,
      CancelToken cancel) {
    this.repository = repository;
    this.criteria = criteria;
    this.glob = Glob.parse(criteria.pattern());
    this.hits = hits;
    this.cancel = cancel;
  }

  void run(String snapshot, FilePath below) {
    Node start = repository.node(repository.snapshot(snapshot), below);
    boolean inside = below.isRoot() || visit(below, start);
    if (start.isFolder() && inside) {
      repository.walk(start, (path, node) -> visit(join(below, path), node), cancel);
    }
  }

  private static FilePath join(FilePath at, FilePath below) {
    FilePath joined = at;
    for (byte[] component : below.components()) {
      joined = joined.resolve(component);
    }
    return joined;
  }

  /// @return whether something below may match
  private boolean visit(FilePath path, Node node) {
    List<String> names =
        path.components().stream().map(c -> new String(c, StandardCharsets.UTF_8)).toList();
    Glob.Match match = glob.match(names);
    if (match.whole() && accepts(node.entry(path))) {
      hits.accept(RepositorySession.info(path, node));
    }
    return match.leadsOn();
  }

  private boolean accepts(FileEntry entry) {
    Instant modified = Instant.ofEpochSecond(entry.modified().seconds(), entry.modified().nanos());
    return (criteria.newer() == null || modified.isAfter(criteria.newer()))
        && (criteria.older() == null || modified.isBefore(criteria.older()))
        && sized(entry);
  }

  private boolean sized(FileEntry entry) {
    Long larger = criteria.larger();
    Long smaller = criteria.smaller();
    if (larger == null && smaller == null) {
      return true;
    }
    return entry.type() == FileEntry.FileType.FILE
        && (larger == null || entry.size() > larger)
        && (smaller == null || entry.size() < smaller);
  }
}
