package dev.backstay.ui.overview;

import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.namespace.PointFacts;
import dev.backstay.ui.namespace.Protection;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Wrapping;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.shell.Screen;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The first page.
public final class OverviewController implements Screen {

  @FXML private BorderPane root;
  @FXML private Label title;
  @FXML private Label summary;
  @FXML private VBox tour;
  @FXML private VBox notices;
  @FXML private HBox steps;
  @FXML private TableView<Watched> table;
  @FXML private TableColumn<Watched, Watched> state;
  @FXML private TableColumn<Watched, Watched> namespace;
  @FXML private TableColumn<Watched, Watched> context;
  @FXML private TableColumn<Watched, Watched> last;
  @FXML private TableColumn<Watched, Watched> count;
  @FXML private TableColumn<Watched, Watched> size;
  @FXML private TableColumn<Watched, Watched> unprotected;
  @FXML private TableColumn<Watched, Watched> days;

  private final Desk desk;
  private final @Nullable Node guide;
  private final Runnable find;
  private final ListChangeListener<ItemFailure> problems = _ -> notices();
  private Subscription watching = Subscription.EMPTY;
  private Subscription each = Subscription.EMPTY;

  /// @param guide the demo's guided minute, null outside the demo
  /// @param find opens what finds anything
  public OverviewController(Desk desk, @Nullable Node guide, Runnable find) {
    this.desk = desk;
    this.find = find;
    this.guide = guide;
  }

  @FXML
  void initialize() {
    if (guide != null) {
      tour.getChildren().add(guide);
    }
    Columns.node(state, OverviewController::badge);
    Columns.text(namespace, Watched::namespace);
    Columns.text(context, Watched::context);
    Columns.text(last, w -> age(w.newest()), Watched::last);
    Columns.amount(count, w -> Amounts.count(w.points().size()), w -> w.points().size());
    Columns.amount(size, w -> Amounts.bytes(bytes(w.newest())), w -> bytes(w.newest()));
    Columns.text(unprotected, w -> String.join(", ", w.unprotected()), w -> w.unprotected().size());
    Columns.node(days, OverviewController::strip);
    Columns.fill(table);
    table.setRowFactory(_ -> {
      TableRow<Watched> row = new TableRow<>();
      row.setOnMouseClicked(e -> {
        if (e.getClickCount() == 2 && !row.isEmpty()) {
          open(row.getItem());
        }
      });
      return row;
    });
    table.setOnKeyPressed(event -> {
      Watched chosen = table.getSelectionModel().getSelectedItem();
      if (event.getCode() == KeyCode.ENTER && chosen != null) {
        open(chosen);
      }
    });
  }

  private Instant now() {
    return desk.clock().instant();
  }

  private String age(@Nullable RestorePoint point) {
    return Amounts.age(point == null ? null : point.time(), now());
  }

  private static long bytes(@Nullable RestorePoint point) {
    return point == null ? -1 : PointFacts.bytes(point, "");
  }

  private static Badge badge(Watched watched) {
    Protection protection = watched.protection();
    Badge badge = new Badge(Texts.of(protection.key()), protection.tone());
    badge.setTooltip(new Tooltip(Texts.of(protection.key() + ".why")));
    return badge;
  }

  /// Thirty days, one box each; filled where there is a restore point.
  private static Node strip(Watched watched) {
    HBox box = new HBox(2);
    for (boolean day : watched.days()) {
      Region square = new Region();
      square.setMinSize(5, 14);
      square.setStyle(
          "-fx-background-radius: 2px; -fx-background-color: "
              + (day ? "-bs-point;" : "-bs-line;"));
      box.getChildren().add(square);
    }
    long filled = watched.days().stream().filter(d -> d).count();
    Tooltip.install(box, new Tooltip(Texts.of("overview.days", filled, Watched.DAYS)));
    box.setAccessibleText(Texts.of("overview.days", filled, Watched.DAYS));
    box.setMaxHeight(14);
    return box;
  }

  /// The namespace's page if its cluster is in the kubeconfigs, else the restore point itself.
  private void open(Watched watched) {
    OpenCluster open = watched.cluster();
    RestorePoint newest = watched.newest();
    Optional<OpenCluster> cluster =
        open == null && newest != null
            ? desk.clusters().of(newest.cluster(), newest.context())
            : Optional.ofNullable(open);
    cluster
        .<Place>map(c -> new Place.Namespace(c, watched.namespace()))
        .or(() -> Optional.ofNullable(newest).map(point -> new Place.Browse(point, "/")))
        .ifPresent(desk.navigator()::go);
  }

  private void show() {
    List<OpenCluster> open =
        desk.clusters().all().stream()
            .filter(c -> c.standing() == OpenCluster.Standing.OPEN)
            .toList();
    List<Watched> all = Watched.of(desk.points().all(), open, now());
    table.getItems().setAll(all);
    boolean some = !all.isEmpty();
    boolean first = desk.points().all().isEmpty();
    table.setVisible(some);
    table.setManaged(some);
    steps.setVisible(first);
    steps.setManaged(first);
    title.setText(Texts.of(first ? "overview.welcome" : "overview.title"));
    summary.setText(first ? Texts.of("overview.first") : sentence(all));
    if (first) {
      steps();
    }
  }

  private String sentence(List<Watched> all) {
    long bad = all.stream().filter(w -> w.protection() != Protection.PROTECTED).count();
    String namespaces = Texts.count("overview.namespaces", all.size());
    return bad == 0
        ? Texts.of("overview.all-good", namespaces)
        : Texts.of("overview.attention", bad, all.size());
  }

  private void steps() {
    boolean cluster =
        desk.clusters().all().stream().anyMatch(c -> c.standing() == OpenCluster.Standing.OPEN);
    boolean repository = desk.repositories().chosen() != null;
    steps
        .getChildren()
        .setAll(
            step("1", "overview.step.cluster", cluster, openText(), this::openFirst),
            step(
                "2",
                "overview.step.repository",
                repository,
                Texts.of("overview.step.repository.do"),
                () -> desk.navigator().go(new Place.Repositories())),
            step(
                "3",
                "overview.step.back-up",
                false,
                cluster && repository ? Texts.of("overview.step.back-up.do") : null,
                this::backUp));
  }

  /// One context is opened by its name; of several the user chooses one.
  private String openText() {
    List<OpenCluster> all = desk.clusters().all();
    return all.size() == 1
        ? Texts.of("overview.step.cluster.do", all.getFirst().key().label())
        : Texts.of("overview.step.cluster.choose");
  }

  private void openFirst() {
    List<OpenCluster> all = desk.clusters().all();
    if (all.size() == 1) {
      desk.clusters().open(all.getFirst());
    } else {
      find.run();
    }
  }

  /// The one namespace with PVCs; of several the user chooses one in the table.
  private void backUp() {
    List<Watched> bare = table.getItems();
    Watched chosen = table.getSelectionModel().getSelectedItem();
    Watched one = chosen != null || bare.isEmpty() ? chosen : bare.getFirst();
    OpenCluster cluster = one == null ? null : one.cluster();
    if (one != null && cluster != null) {
      desk.navigator().go(new Place.BackUp(cluster, one.namespace(), List.of()));
    } else {
      find.run();
    }
  }

  private static Node step(
      String number, String key, boolean done, @Nullable String action, Runnable what) {
    Label heading =
        new Label(
            number + ".  " + Texts.of(key + ".title"),
            done ? Icons.of("mdi2c-check-circle", "icon-ok") : Icons.of("mdi2c-circle-outline"));
    heading.getStyleClass().add("heading");
    Label text = new Label(Texts.of(key + ".text"));
    Wrapping.of(text);
    text.setMinHeight(Region.USE_PREF_SIZE);
    VBox card = new VBox(8, heading, text);
    card.getStyleClass().add("card");
    if (action != null && !done) {
      Button button = new Button(action);
      button.setId("first-step-" + number);
      button.getStyleClass().add("accent");
      button.setOnAction(_ -> what.run());
      card.getChildren().add(button);
    }
    HBox.setHgrow(card, Priority.ALWAYS);
    card.setPrefWidth(300);
    return card;
  }

  private void notices() {
    notices.getChildren().setAll(Notice.of(desk.clusters().problems(), false).getChildren());
    long dead =
        desk.jobs().all().stream()
            .filter(j -> j.standing() == dev.backstay.workflow.job.JobStanding.INTERRUPTED)
            .count();
    if (dead > 0) {
      Button look = new Button(Texts.of("overview.interrupted.look"));
      look.setOnAction(_ -> desk.navigator().go(new Place.Jobs(null)));
      notices.getChildren().add(Notice.warn(Texts.count("overview.interrupted", dead), look));
    }
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("nav.overview");
  }

  @Override
  public void shown() {
    desk.clusters().problems().addListener(problems);
    notices();
    watching =
        Subscription.combine(
            desk.points().allProperty().subscribe(_ -> show()),
            desk.repositories().chosenProperty().subscribe(() -> show()),
            desk.jobs().all().subscribe(this::notices),
            desk.jobs().lastProperty().subscribe((_, _) -> listPvcs()),
            watchClusters());
    listPvcs();
  }

  /// What becomes known of clusters while the page is open, of those too that are listed later.
  private Subscription watchClusters() {
    Runnable again =
        () -> {
          each.unsubscribe();
          each =
              desk.clusters().all().stream()
                  .map(c ->
                      Subscription.combine(
                          c.standingProperty().subscribe((_, _) -> show()),
                          c.pvcs().subscribe(this::show)))
                  .reduce(Subscription.EMPTY, Subscription::and);
          show();
        };
    again.run();
    return Subscription.combine(desk.clusters().all().subscribe(again), () -> each.unsubscribe());
  }

  private void listPvcs() {
    desk.clusters().all().stream()
        .filter(c -> c.standing() == OpenCluster.Standing.OPEN)
        .forEach(desk.clusters()::listPvcs);
  }

  @Override
  public void refresh() {
    desk.repositories().refresh();
    desk.points().load();
    desk.jobs().load();
    listPvcs();
  }

  @Override
  public void hidden() {
    desk.clusters().problems().removeListener(problems);
    watching.unsubscribe();
  }
}
