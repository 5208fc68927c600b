package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.DiffView;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.part.Wrapping;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.Difference;
import dev.backstay.workflow.browse.LiveComparison;
import dev.backstay.workflow.browse.LiveText;
import dev.backstay.workflow.browse.ManifestComparison;
import dev.backstay.workflow.browse.ManifestTexts;
import dev.backstay.workflow.browse.ManifestView;
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
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// The chosen file, manifest or folder beside another restore point's, or beside the live object.
final class ComparePane extends BorderPane {

  private static final int MOST = 10_000;

  private static final long LARGEST = 2L << 20;

  /// With what is compared: a restore point, or the cluster (null).
  private record Other(@Nullable RestorePoint point) {}

  /// One line of the table of what differs.
  ///
  /// @param before bytes in the other, -1 if it is no file there
  /// @param after bytes here, or of the live object
  private record Changed(String path, Difference.Kind kind, long before, long after) {

    static Changed of(Difference difference) {
      return new Changed(
          difference.path(),
          difference.kind(),
          bytes(difference.before()),
          bytes(difference.after()));
    }

    private static long bytes(@Nullable FileInfo info) {
      return info == null ? -1 : info.entry().size();
    }
  }

  /// What there is to show.
  private sealed interface Result {
    record Lines(List<DiffView.Line> lines, String note) implements Result {}

    record Tree(List<Changed> differences, boolean more, List<ItemFailure> failures)
        implements Result {}

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
  private final SaveFiles saving;
  private final Button json = new Button(Texts.of("compare.json"), Icons.of("mdi2c-code-json"));
  private String compared = "/";
  private Work work = Work.NONE;
  private @Nullable Entry entry;
  private boolean filling;

  ComparePane(Desk desk, BrowseViewModel model, SaveFiles saving) {
    this.desk = desk;
    this.saving = saving;
    this.model = model;
    other.setId("compare-with");
    other.setAccessibleText(Texts.of("compare.with"));
    other.setConverter(new Names());
    other.setPrefWidth(240);
    noise.setId("compare-noise");
    noise.setTooltip(new javafx.scene.control.Tooltip(Texts.of("compare.noise.why")));
    note.getStyleClass().add("caption");
    Wrapping.of(note);
    note.setId("compare-note");
    FlowPane bar = new FlowPane(8, 6, new Label(Texts.of("compare.with")), other, noise, json);
    json.setId("compare-json");
    json.getStyleClass().add("small");
    json.setOnAction(_ -> saveJson());
    json.disableProperty()
        .bind(other.valueProperty().map(o -> o == null || o.point() == null).orElse(true));
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

  /// Compares with that restore point from now on.
  void with(RestorePoint point) {
    filling = true;
    other.setValue(new Other(point));
    filling = false;
  }

  private void saveJson() {
    Other with = other.getValue();
    RestorePoint point = with == null ? null : with.point();
    if (point != null) {
      saving.saveComparison(point, model.point(), compared);
    }
  }

  void show(@Nullable Entry now) {
    entry = now;
    filling = true;
    String at = now == null ? model.pathProperty().get() : now.path();
    boolean manifest = at.equals("/manifests") || at.startsWith("/manifests/");
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
    compared = path;
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
    Optional<OpenCluster> cluster =
        desk.clusters().of(model.point().cluster(), model.point().context());
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
                  LiveComparison comparison = new LiveComparison(session, opened.session());
                  return ManifestComparison.isManifest(path)
                      ? live(comparison.compare(point.id(), path, point.namespace(), all, cancel))
                      : live(comparison, point, path, all, cancel);
                }),
            error -> state.loadProperty().set(new Load.Failed(error)));
  }

  /// A folder of manifests beside the live objects.
  private static Result live(
      LiveComparison comparison, RestorePoint point, String path, boolean all, CancelToken cancel) {
    List<Changed> found = new ArrayList<>();
    List<ItemFailure> failures =
        comparison.differences(
            point,
            path,
            all,
            d -> found.add(new Changed(d.path(), d.kind(), d.stored(), d.live())),
            cancel);
    return found.isEmpty() && failures.isEmpty()
        ? new Result.Words(Texts.of("compare.same"), Texts.of("compare.same.live"))
        : new Result.Tree(found, false, failures);
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
    if (ManifestComparison.isManifest(path)) {
      return manifests(session, path, point, cancel);
    }
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

  private Result manifests(
      RepositorySession session, String path, RestorePoint point, CancelToken cancel) {
    ManifestTexts texts =
        new ManifestComparison(session)
            .compare(
                model.point().id(),
                point.id(),
                path,
                new ManifestView(noise.isSelected(), false),
                cancel);
    if (texts.same()) {
      return new Result.Words(Texts.of("compare.same"), Texts.of("compare.same.point"));
    }
    return new Result.Lines(
        DiffView.lines(texts.before().lines().toList(), texts.after().lines().toList(), false),
        Texts.of("compare.sides.point", Amounts.moment(point.time())));
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
    List<Changed> found = new ArrayList<>();
    ManifestComparison manifests = new ManifestComparison(session);
    String here = model.point().id();
    boolean all = noise.isSelected();
    CancelToken stop = new CancelToken();
    try (var _ = cancel.onCancel(stop::cancel)) {
      new Browsing(session)
          .differences(
              point.id(),
              here,
              path,
              difference -> {
                if (!all && manifests.isNoise(point.id(), here, difference, stop)) {
                  return;
                }
                found.add(Changed.of(difference));
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
        : new Result.Tree(found, found.size() >= MOST, List.of());
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
        VBox box = new VBox(6);
        box.getChildren().addAll(Notice.folded(tree.failures()).getChildren());
        Node table = table(tree.differences());
        VBox.setVgrow(table, Priority.ALWAYS);
        box.getChildren().add(table);
        content.getChildren().setAll(box);
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

  private Node table(List<Changed> differences) {
    TableView<Changed> table = new TableView<>();
    table.setId("differences");
    table.setAccessibleText(Texts.of("browse.tab.compare"));
    TableColumn<Changed, Changed> kind = new TableColumn<>(Texts.of("compare.column.kind"));
    kind.setPrefWidth(105);
    Columns.node(kind, d -> new Badge(word(d.kind()), tone(d.kind())));
    TableColumn<Changed, Changed> path = new TableColumn<>(Texts.of("compare.column.path"));
    path.setPrefWidth(220);
    Columns.text(path, d -> relative(d.path()));
    path.setComparator(java.util.Comparator.comparing(Changed::path));
    TableColumn<Changed, Changed> size = new TableColumn<>(Texts.of("compare.column.size"));
    size.setPrefWidth(150);
    Columns.text(size, d -> Amounts.bytes(d.before()) + " → " + Amounts.bytes(d.after()));
    table.getColumns().add(kind);
    table.getColumns().add(path);
    table.getColumns().add(size);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.getItems().setAll(differences);
    table.setRowFactory(_ -> {
      TableRow<Changed> row = new TableRow<>();
      row.setOnMouseClicked(event -> {
        if (event.getClickCount() == 2 && !row.isEmpty()) {
          model.reveal(row.getItem().path());
        }
      });
      return row;
    });
    return table;
  }

  /// From the folder that is compared.
  private String relative(String path) {
    String folder = compared.length() <= 1 ? "/" : compared + "/";
    return path.startsWith(folder) ? path.substring(folder.length()) : path;
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
