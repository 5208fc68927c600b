package dev.backstay.ui.repositories;

import dev.backstay.model.EngineException;
import dev.backstay.model.FileEntry;
import dev.backstay.ui.fx.Background;
import dev.backstay.ui.fx.Texts;
import dev.backstay.workflow.repository.FileInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.scene.control.TreeItem;
import org.jspecify.annotations.Nullable;

/// A file of a snapshot in a tree; what a folder holds is read when it is opened.
final class SnapshotFile extends TreeItem<SnapshotFile.Line> {

  /// A line of the tree.
  ///
  /// @param path absolute in the snapshot
  /// @param name what is shown
  /// @param info as the repository has it; null for the top, and for what is no file
  record Line(String path, String name, @Nullable FileInfo info) {

    boolean folder() {
      return info == null || info.entry().type() == FileEntry.FileType.FOLDER;
    }

    long size() {
      return info == null || folder() ? -1 : info.entry().size();
    }
  }

  private final Background background;
  private final RepositorySession session;
  private final String snapshot;
  private boolean asked;

  /// The top of a snapshot.
  SnapshotFile(Background background, RepositorySession session, String snapshot) {
    this(background, session, snapshot, new Line("/", "/", null));
  }

  private SnapshotFile(
      Background background, RepositorySession session, String snapshot, Line line) {
    super(line);
    this.background = background;
    this.session = session;
    this.snapshot = snapshot;
    expandedProperty()
        .subscribe((_, now) -> {
          if (now) {
            read();
          }
        });
    if (line.folder()) {
      getChildren().add(new TreeItem<>(new Line("", Texts.of("snapshots.reading"), null)));
    }
  }

  @Override
  public boolean isLeaf() {
    return !getValue().folder();
  }

  private void read() {
    if (asked) {
      return;
    }
    asked = true;
    String path = getValue().path();
    var _ =
        background.ask(
            cancel -> {
              List<FileInfo> files = new ArrayList<>();
              session.list(snapshot, path, false, files::add, cancel);
              return files.stream().map(SnapshotFile::line).sorted(ORDER).toList();
            },
            this::fill,
            this::failed);
  }

  private static final Comparator<Line> ORDER =
      Comparator.comparing((Line line) -> !line.folder())
          .thenComparing(Line::name, String.CASE_INSENSITIVE_ORDER);

  private static Line line(FileInfo info) {
    String path = "/" + info.entry().path();
    return new Line(path, path.substring(path.lastIndexOf('/') + 1), info);
  }

  private void fill(List<Line> lines) {
    getChildren()
        .setAll(
            lines.stream()
                .map(line -> new SnapshotFile(background, session, snapshot, line))
                .toList());
  }

  private void failed(EngineException error) {
    asked = false;
    getChildren()
        .setAll(List.of(new TreeItem<>(new Line("", String.valueOf(error.getMessage()), null))));
  }
}
