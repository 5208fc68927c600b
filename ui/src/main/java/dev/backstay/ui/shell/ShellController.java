package dev.backstay.ui.shell;

import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.palette.Finding;
import dev.backstay.ui.repositories.OpenRepository;
import dev.backstay.workflow.lock.ContextId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.controlsfx.control.NotificationPane;
import org.jspecify.annotations.Nullable;

/// The frame: shows the screen of the present place between title bar, sidebar and status bar.
public final class ShellController {

  /// The height of a notice's bar.
  private static final double NOTICE = 46;

  @FXML private StackPane root;
  @FXML private BorderPane frame;
  @FXML private Button back;
  @FXML private Button forward;
  @FXML private Label where;
  @FXML private Button production;
  @FXML private Button find;
  @FXML private Button repository;
  @FXML private Button keys;
  @FXML private VBox sidebar;
  @FXML private VBox navigation;
  @FXML private StackPane content;
  @FXML private VBox middle;
  @FXML private VBox strip;
  @FXML private HBox statusBar;

  private final Desk desk;
  private final Screens screens;
  private final Parent clusters;
  private final Parent status;
  private final NotificationPane notices = new NotificationPane();
  private final Map<Button, Predicate<Place>> sections = new LinkedHashMap<>();
  private final ObjectProperty<@Nullable ContextId> context = new SimpleObjectProperty<>();
  private @Nullable Screen screen;
  private Subscription standing = Subscription.EMPTY;

  /// @param clusters the sidebar's tree
  /// @param status the status bar's content
  public ShellController(Desk desk, Screens screens, Parent clusters, Parent status) {
    this.desk = desk;
    this.screens = screens;
    this.clusters = clusters;
    this.status = status;
  }

  @FXML
  void initialize() {
    Navigator navigator = desk.navigator();
    back.setOnAction(_ -> navigator.back());
    forward.setOnAction(_ -> navigator.forward());
    back.disableProperty().bind(navigator.canGoBackProperty().not());
    forward.disableProperty().bind(navigator.canGoForwardProperty().not());
    repository.setOnAction(_ -> navigator.go(new Place.Repositories()));
    section("nav-overview", "mdi2v-view-dashboard-outline", "nav.overview", new Place.Overview());
    section("nav-points", "mdi2h-history", "nav.points", new Place.Points());
    section("nav-jobs", "mdi2p-progress-clock", "nav.jobs", new Place.Jobs(null));
    section("nav-repositories", "mdi2s-safe", "nav.repositories", new Place.Repositories());
    section("nav-settings", "mdi2c-cog-outline", "nav.settings", new Place.Settings());
    section("nav-about", "mdi2i-information-outline", "nav.about", new Place.About());
    VBox.setVgrow(clusters, Priority.ALWAYS);
    sidebar.getChildren().add(clusters);
    notices.setShowFromTop(false);
    notices.setContent(new Region()); // below the page, which it covers nothing of
    notices.minHeightProperty().bind(notices.showingProperty().map(shown -> shown ? NOTICE : 0));
    notices.maxHeightProperty().bind(notices.minHeightProperty());
    middle.getChildren().add(notices);
    HBox.setHgrow(status, Priority.ALWAYS);
    statusBar.getChildren().add(status);
    desk.repositories().chosenProperty().subscribe(this::showRepository);
    navigator.placeProperty().subscribe(this::show);
  }

  private void section(String id, String icon, String key, Place place) {
    Button button = new Button(Texts.of(key), Icons.of(icon));
    button.setId(id);
    button.getStyleClass().setAll("button", "nav-button");
    button.setMaxWidth(Double.MAX_VALUE);
    button.setOnAction(_ -> desk.navigator().go(place));
    navigation.getChildren().add(button);
    sections.put(button, now -> now.getClass().equals(place.getClass()));
  }

  private void show(Place place) {
    Screen before = screen;
    Screen next = screens.of(place);
    screen = next;
    content.getChildren().setAll(next.node());
    where.setText(next.title());
    sections.forEach((button, here) -> {
      button.getStyleClass().remove("current");
      if (here.test(place)) {
        button.getStyleClass().add("current");
      }
    });
    if (before != null) {
      before.hidden();
    }
    context.bind(next.context());
    next.shown();
  }

  private void showRepository(@Nullable OpenRepository chosen) {
    standing.unsubscribe();
    standing =
        chosen == null
            ? Subscription.EMPTY
            : chosen.standingProperty().subscribe(_ -> name(chosen));
    if (chosen == null) {
      repository.setText(Texts.of("shell.no-repository"));
    }
  }

  private void name(OpenRepository chosen) {
    repository.setText(
        chosen.standing() == OpenRepository.Standing.OPEN
            ? chosen.name()
            : Texts.of("shell.repository-closed", chosen.name()));
  }

  /// The context that the present screen is about.
  public ReadOnlyObjectProperty<@Nullable ContextId> contextProperty() {
    return context;
  }

  /// That context was locked or unlocked.
  public void lockChanged() {
    if (screen != null) {
      screen.lockChanged();
    }
  }

  /// Asks for what is shown again.
  public void refresh() {
    if (screen != null) {
      screen.refresh();
    }
  }

  /// The present screen's filter field, null if it has none.
  public @Nullable Node filter() {
    return content.lookupAll(".text-field").stream()
        .filter(node -> node.getId() != null && node.getId().endsWith("-filter"))
        .findFirst()
        .orElse(null);
  }

  /// What the buttons of the present screen and of the frame around it do, for the palette.
  public List<Finding> actions() {
    List<Finding> actions = new ArrayList<>();
    if (screen != null) {
      actions.addAll(screen.findings());
    }
    Set<Node> inside = content.lookupAll(".button");
    inside.forEach(node -> action(node, screen).ifPresent(actions::add));
    frame.lookupAll(".button").stream()
        .filter(node -> !inside.contains(node) && !node.equals(find))
        .filter(node -> node instanceof Button button && !sections.containsKey(button))
        .forEach(node -> action(node, null).ifPresent(actions::add));
    return actions;
  }

  private static Optional<Finding> action(Node node, @Nullable Screen screen) {
    if (!(node instanceof Button button) || !button.isVisible() || button.isDisabled()) {
      return Optional.empty();
    }
    String text = Objects.requireNonNullElse(button.getText(), "");
    String name = text.isEmpty() ? button.getAccessibleText() : text;
    return name == null || name.isEmpty() || button.getId() == null
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                "palette.action", "mdi2f-flash-outline", name, of(button, screen), button::fire));
  }

  /// What the button acts on: it says so itself, else it is the screen.
  private static String of(Button button, @Nullable Screen screen) {
    String own = button.getAccessibleHelp();
    return own != null ? own : screen == null ? "" : screen.title();
  }

  /// Looks deeper into the present screen, see [Screen#find].
  public Work find(String words, int most, Consumer<List<Finding>> then) {
    return screen == null ? Work.NONE : screen.find(words, most, then);
  }

  public void setOnFind(Runnable what) {
    find.setOnAction(_ -> what.run());
  }

  public void setOnKeys(Runnable what) {
    keys.setOnAction(_ -> what.run());
  }

  /// The title bar says in colour that a production context is in view.
  ///
  /// @param text what the badge says, null for no badge
  /// @param style takes the place of the theme's tokens, here and in dialogs
  /// @param pressed what pressing it does
  public void production(@Nullable String text, String style, Runnable pressed) {
    production.setText(text);
    production.setVisible(text != null);
    production.setManaged(text != null);
    production.setOnAction(_ -> pressed.run());
    // not on the root itself: the theme keeps its text size there
    node().getStyleClass().remove("production");
    node().getChildren().forEach(child -> child.setStyle(style));
    if (text != null) {
      node().getStyleClass().add("production");
    }
  }

  /// Where is told what happens elsewhere than on the present screen.
  public NotificationPane notices() {
    return notices;
  }

  /// Above the screens, for what concerns the whole window.
  public VBox strip() {
    return Objects.requireNonNull(strip);
  }

  /// For what lies over the screens.
  public StackPane node() {
    return Objects.requireNonNull(root);
  }
}
