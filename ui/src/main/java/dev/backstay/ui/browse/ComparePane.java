package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.DiffView;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.part.StatePane;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.Difference;
import dev.backstay.workflow.browse.LiveComparison;
import dev.backstay.workflow.browse.LiveText;
import dev.backstay.workflow.repository.FileInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The chosen file, manifest or folder beside another restore point's, or beside the live object.
final class ComparePane extends BorderPane {

  private static final int MOST = 10_000;

  private static final long LARGEST = 2L << 20;

  /// With what is compared: a restore point, or the cluster (null).
  private record Other(@Nullable RestorePoint point) {}

  /// What there is to show.
  private sealed interface Result {
    record Lines(List<DiffView.Line> lines, String note) implements Result {}

    record Tree(List<Difference> differences, boolean more) implements Result {}

    record Words(String title, String text) implements Result {}
  }

  private final Desk desk;
  private final BrowseViewModel model;
  private final ComboBox<Other> other = new ComboBox<>();
  private final CheckBox noise = new CheckBox(Texts.of("compare.noise"));
  private final Label note = new Label();
  private final StackPane content = new StackPane();
  private final StatePane state = new StatePane(content);
  private final DiffView diff = new DiffView();
  private Work work = Work.NONE;
  private @Nullable Entry entry;
  private boolean filling;

  ComparePane(Desk desk, BrowseViewModel model) {
    this.desk = desk;
    this.model = model;
    other.setId("compare-with");
    other.setAccessibleText(Texts.of("compare.with"));
    other.setConverter(new Names());
    other.setPrefWidth(240);
    noise.setId("compare-noise");
    noise.setTooltip(new javafx.scene.control.Tooltip(Texts.of("compare.noise.why")));
    note.getStyleClass().add("caption");
    note.setWrapText(true);
    note.setId("compare-note");
    FlowPane bar = new FlowPane(8, 6, new Label(Texts.of("compare.with")), other, noise);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.setStyle("-fx-padding: 8 4 6 4;");
    setTop(bar);
    setCenter(state);
    setBottom(note);
    state.setRetry(this::compare);
    other
        .valueProperty()
        .subscribe(() -> {
          if (!filling) {
            compare();
          }
        });
    noise.selectedProperty().subscribe(() -> compare());
  }

  private static final class Names extends StringConverter<Other> {
    @Override
    public String toString(@Nullable Other other) {
      if (other == null) {
        return "";
      }
      RestorePoint point = other.point();
      return point == null
          ? Texts.of("compare.live")
          : Amounts.moment(point.time()) + "  " + point.shortId();
    }

    @Override
    public @Nullable Other fromString(String text) {
      return null;
    }
  }

  void show(@Nullable Entry now) {
    entry = now;
    filling = true;
    boolean manifest = now != null && manifest(now);
    Other chosen = other.getValue();
    List<Other> all = new ArrayList<>();
    if (manifest) {
      all.add(new Other(null));
    }
    model.points().stream().filter(p -> !p.equals(model.point())).map(Other::new).forEach(all::add);
    other.getItems().setAll(all);
    noise.setVisible(manifest);
    other.setValue(
        chosen != null && all.contains(chosen) ? chosen : all.stream().findFirst().orElse(null));
    filling = false;
    compare();
  }

  private static boolean manifest(Entry entry) {
    return entry.file() && entry.path().startsWith("/manifests/");
  }

  private void compare() {
    work.drop();
    note.setText("");
    Other with = other.getValue();
    Entry now = entry;
    if (with == null) {
      state
          .loadProperty()
          .set(new Load.Empty(Texts.of("compare.nothing"), Texts.of("compare.nothing.why")));
      return;
    }
    state.loadProperty().set(new Load.Loading(Texts.of("compare.loading")));
    String path = now == null ? model.pathProperty().get() : now.path();
    model.withSession(
        session -> {
          RestorePoint point = with.point();
          if (point == null) {
            live(session, path);
          } else {
            boolean file = now != null && now.file();
            ask(cancel ->
                file ? files(session, path, point, cancel) : trees(session, path, point, cancel));
          }
        },
        error -> state.loadProperty().set(new Load.Failed(error)));
  }

  private void ask(dev.backstay.ui.fx.Background.Question<Result> question) {
    work =
        desk.background()
            .ask(question, this::result, error -> state.loadProperty().set(new Load.Failed(error)));
  }

  private void live(RepositorySession session, String path) {
    Optional<OpenCluster> cluster = desk.clusters().named(model.point().context());
    if (cluster.isEmpty()) {
      state
          .loadProperty()
          .set(
              new Load.Failed(
                  new NotFoundException(
                      "restore.no-context",
                      Texts.of("restore.no-context", model.point().context()),
                      Texts.of("restore.no-context.do"))));
      return;
    }
    boolean all = noise.isSelected();
    RestorePoint point = model.point();
    desk.clusters()
        .open(
            cluster.get(),
            opened ->
                ask(cancel -> {
                  LiveText text =
                      new LiveComparison(session, opened.session())
                          .compare(point.id(), path, point.namespace(), all, cancel);
                  return live(text);
                }));
  }

  private static Result live(LiveText text) {
    return switch (text.state()) {
      case SAME -> new Result.Words(Texts.of("compare.same"), Texts.of("compare.same.live"));
      case ABSENT -> new Result.Words(Texts.of("compare.absent"), Texts.of("compare.absent.live"));
      case DIFFERENT ->
          new Result.Lines(
              DiffView.lines(text.stored().lines().toList(), text.live().lines().toList(), false),
              Texts.of("compare.sides.live"));
    };
  }

  private Result files(
      RepositorySession session, String path, RestorePoint point, CancelToken cancel) {
    byte[] here = read(session, model.point(), path, cancel);
    byte[] there;
    try {
      there = read(session, point, path, cancel);
    } catch (NotFoundException _) {
      return new Result.Words(Texts.of("compare.absent"), Texts.of("compare.absent.point"));
    }
    if (java.util.Arrays.equals(here, there) && here.length < LARGEST) {
      return new Result.Words(Texts.of("compare.same"), Texts.of("compare.same.point"));
    }
    return lines(path, here, there)
        .<Result>map(lines ->
            new Result.Lines(lines, Texts.of("compare.sides.point", Amounts.moment(point.time()))))
        .orElseGet(() ->
            new Result.Words(
                Texts.of("compare.different"),
                Texts.of(
                    "compare.not-text", Amounts.bytes(here.length), Amounts.bytes(there.length))));
  }

  /// Empty if one of them is no text, or too long.
  private static Optional<List<DiffView.Line>> lines(String path, byte[] here, byte[] there) {
    if (TextOrHex.of(here, path, here.length) instanceof Preview.Text left
        && TextOrHex.of(there, path, there.length) instanceof Preview.Text right
        && left.lines().size() < DiffView.MOST_LINES
        && right.lines().size() < DiffView.MOST_LINES) {
      return Optional.of(DiffView.lines(left.lines(), right.lines(), false));
    }
    return Optional.empty();
  }

  private static byte[] read(
      RepositorySession session, RestorePoint point, String path, CancelToken cancel) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    session.cat(point.id(), path, 0, LARGEST, out, cancel);
    return out.toByteArray();
  }

  private Result trees(
      RepositorySession session, String path, RestorePoint point, CancelToken cancel) {
    List<Difference> found = new ArrayList<>();
    CancelToken stop = new CancelToken();
    try (var _ = cancel.onCancel(stop::cancel)) {
      new Browsing(session)
          .differences(
              point.id(),
              model.point().id(),
              path,
              difference -> {
                found.add(difference);
                if (found.size() >= MOST) {
                  stop.cancel();
                }
              },
              stop);
    } catch (dev.backstay.model.CancelledException e) {
      if (cancel.isCancelled()) {
        throw e;
      }
    }
    return found.isEmpty()
        ? new Result.Words(Texts.of("compare.same"), Texts.of("compare.same.folder"))
        : new Result.Tree(found, found.size() >= MOST);
  }

  private void result(Result result) {
    state.loadProperty().set(Load.READY);
    switch (result) {
      case Result.Words words ->
          state.loadProperty().set(new Load.Empty(words.title(), words.text()));
      case Result.Lines lines -> {
        diff.getItems().setAll(lines.lines());
        content.getChildren().setAll(diff);
        note.setText(lines.note());
      }
      case Result.Tree tree -> {
        content.getChildren().setAll(table(tree.differences()));
        note.setText(summary(tree));
      }
    }
  }

  private String summary(Result.Tree tree) {
    Map<Difference.Kind, Integer> counts = new EnumMap<>(Difference.Kind.class);
    tree.differences().forEach(d -> counts.merge(d.kind(), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((kind, count) -> parts.add(count + " " + word(kind)));
    String text = String.join(", ", parts);
    return tree.more() ? Texts.of("compare.more", text) : text;
  }

  private static String word(Difference.Kind kind) {
    return Texts.of("compare.kind." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private Node table(List<Difference> differences) {
    TableView<Difference> table = new TableView<>();
    table.setId("differences");
    TableColumn<Difference, Difference> kind = new TableColumn<>(Texts.of("compare.column.kind"));
    kind.setPrefWidth(110);
    Columns.node(kind, d -> new Badge(word(d.kind()), tone(d.kind())));
    TableColumn<Difference, Difference> path = new TableColumn<>(Texts.of("compare.column.path"));
    path.setPrefWidth(300);
    Columns.text(path, Difference::path);
    TableColumn<Difference, Difference> size = new TableColumn<>(Texts.of("compare.column.size"));
    size.setPrefWidth(120);
    Columns.text(size, d -> size(d.before()) + " → " + size(d.after()));
    table.getColumns().add(kind);
    table.getColumns().add(path);
    table.getColumns().add(size);
    table.getItems().setAll(differences);
    table.setRowFactory(_ -> {
      TableRow<Difference> row = new TableRow<>();
      row.setOnMouseClicked(event -> {
        if (event.getClickCount() == 2 && !row.isEmpty()) {
          model.reveal(row.getItem().path());
        }
      });
      return row;
    });
    return table;
  }

  private static String size(@Nullable FileInfo info) {
    return info == null ? "–" : Amounts.bytes(info.entry().size());
  }

  private static Badge.Tone tone(Difference.Kind kind) {
    return switch (kind) {
      case ADDED -> Badge.Tone.OK;
      case REMOVED -> Badge.Tone.BAD;
      case CHANGED -> Badge.Tone.WARN;
      case METADATA_ONLY -> Badge.Tone.PLAIN;
    };
  }
}
