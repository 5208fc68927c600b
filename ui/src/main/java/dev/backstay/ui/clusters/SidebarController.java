package dev.backstay.ui.clusters;

import dev.backstay.model.NamespaceInfo;
import dev.backstay.ui.Desk;
import dev.backstay.ui.shell.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Contexts and their namespaces, at the left of the window. Nothing is contacted until the user
/// opens a context.
public final class SidebarController {

  @FXML private VBox root;
  @FXML private TextField filter;
  @FXML private TreeView<ClusterItem> tree;
  @FXML private Button addNamespace;

  private final Desk desk;
  private final Consumer<OpenCluster> askNamespace;
  private final ClusterCell.Actions actions;
  private final Set<OpenCluster> watched = new HashSet<>();
  private boolean filling;

  /// @param askNamespace asks the user for a namespace that could not be listed
  /// @param close closes a context, asking first if jobs use it
  /// @param mark asks what a context is
  public SidebarController(
      Desk desk,
      Consumer<OpenCluster> askNamespace,
      Consumer<OpenCluster> close,
      Consumer<OpenCluster> mark) {
    this.desk = desk;
    this.askNamespace = askNamespace;
    this.actions = new ClusterCell.Actions(desk.clusters()::open, close, mark);
  }

  @FXML
  void initialize() {
    tree.setRoot(new TreeItem<>());
    tree.setShowRoot(false);
    tree.setCellFactory(_ -> new ClusterCell(desk.production(), actions));
    desk.production().changesProperty().subscribe((_, _) -> tree.refresh());
    tree.setOnContextMenuRequested(this::menu);
    filter.textProperty().subscribe(() -> fill());
    desk.clusters().all().addListener((ListChangeListener<OpenCluster>) _ -> fill());
    desk.clusters().recent().addListener((ListChangeListener<String>) _ -> fill());
    tree.getSelectionModel().selectedItemProperty().subscribe(this::chosen);
    tree.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ENTER) {
        activate(tree.getSelectionModel().getSelectedItem());
      }
    });
    tree.setOnMouseClicked(_ -> activate(tree.getSelectionModel().getSelectedItem()));
    addNamespace.setOnAction(_ -> current().ifPresent(askNamespace));
    desk.navigator().placeProperty().subscribe(this::follow);
    fill();
  }

  private java.util.Optional<OpenCluster> current() {
    TreeItem<ClusterItem> item = tree.getSelectionModel().getSelectedItem();
    return switch (item == null ? null : item.getValue()) {
      case ClusterItem.Context c -> java.util.Optional.of(c.cluster());
      case ClusterItem.Namespace n -> java.util.Optional.of(n.cluster());
      case ClusterItem.Volumes v -> java.util.Optional.of(v.cluster());
      case ClusterItem.Classes c -> java.util.Optional.of(c.cluster());
      case ClusterItem.Message m -> java.util.Optional.of(m.cluster());
      case null, default ->
          desk.clusters().all().stream()
              .filter(c -> c.standing() == OpenCluster.Standing.OPEN)
              .findFirst();
    };
  }

  private void fill() {
    filling = true;
    Map<String, List<OpenCluster>> groups = ClusterTree.groups(desk.clusters(), filter.getText());
    tree.getRoot().getChildren().clear();
    groups.forEach((name, clusters) -> {
      TreeItem<ClusterItem> group = new TreeItem<>(new ClusterItem.Group(name));
      group.setExpanded(true);
      clusters.forEach(c -> group.getChildren().add(context(c, name)));
      tree.getRoot().getChildren().add(group);
    });
    filling = false;
    follow(desk.navigator().place());
  }

  private TreeItem<ClusterItem> context(OpenCluster cluster, String section) {
    TreeItem<ClusterItem> item = new TreeItem<>(new ClusterItem.Context(cluster, section));
    below(item, cluster);
    watch(cluster);
    return item;
  }

  private static void below(TreeItem<ClusterItem> item, OpenCluster cluster) {
    item.getChildren()
        .setAll(ClusterTree.below(cluster).stream().map(TreeItem<ClusterItem>::new).toList());
    item.setExpanded(cluster.standing() != OpenCluster.Standing.CLOSED);
  }

  private void watch(OpenCluster cluster) {
    if (watched.add(cluster)) {
      cluster.standingProperty().subscribe(() -> refill(cluster));
      cluster.namespaces().addListener((ListChangeListener<NamespaceInfo>) _ -> refill(cluster));
    }
  }

  private void refill(OpenCluster cluster) {
    filling = true;
    for (TreeItem<ClusterItem> group : tree.getRoot().getChildren()) {
      for (TreeItem<ClusterItem> item : group.getChildren()) {
        if (item.getValue() instanceof ClusterItem.Context c && c.cluster().equals(cluster)) {
          below(item, cluster);
        }
      }
    }
    tree.refresh();
    filling = false;
    follow(desk.navigator().place());
  }

  /// Choosing by keyboard goes to places, but connects nothing: that takes Enter or a click.
  private void chosen(@Nullable TreeItem<ClusterItem> item) {
    if (filling || item == null) {
      return;
    }
    switch (item.getValue()) {
      case ClusterItem.Namespace n ->
          desk.navigator().go(new Place.Namespace(n.cluster(), n.name()));
      case ClusterItem.Volumes v -> desk.navigator().go(new Place.Volumes(v.cluster()));
      case ClusterItem.Classes c -> desk.navigator().go(new Place.Classes(c.cluster()));
      case ClusterItem.Context _, ClusterItem.Group _, ClusterItem.Message _ -> {}
      case null -> {}
    }
  }

  private void activate(@Nullable TreeItem<ClusterItem> item) {
    switch (item == null ? null : item.getValue()) {
      case ClusterItem.Context c -> desk.clusters().open(c.cluster());
      case ClusterItem.Message m when m.bad() -> desk.clusters().open(m.cluster());
      case null, default -> {}
    }
  }

  /// With the menu key: the tree has the focus then, not the line.
  private void menu(ContextMenuEvent event) {
    TreeItem<ClusterItem> item = tree.getSelectionModel().getSelectedItem();
    if (event.isKeyboardTrigger()
        && item != null
        && item.getValue() instanceof ClusterItem.Context(OpenCluster cluster, _)) {
      ClusterCell.menu(cluster, actions).show(tree, event.getScreenX(), event.getScreenY());
    }
  }

  /// The tree shows where the window is.
  private void follow(Place place) {
    if (filling) {
      return;
    }
    filling = true;
    TreeItem<ClusterItem> at =
        switch (place) {
          case Place.Namespace n ->
              find(new ClusterItem.Namespace(n.cluster(), n.namespace()), tree.getRoot());
          case Place.Volumes v -> find(new ClusterItem.Volumes(v.cluster()), tree.getRoot());
          case Place.Classes c -> find(new ClusterItem.Classes(c.cluster()), tree.getRoot());
          default -> null;
        };
    if (at == null) {
      tree.getSelectionModel().clearSelection();
    } else if (!at.equals(tree.getSelectionModel().getSelectedItem())) {
      tree.getSelectionModel().select(at);
    }
    filling = false;
  }

  private static @Nullable TreeItem<ClusterItem> find(
      ClusterItem wanted, TreeItem<ClusterItem> under) {
    for (TreeItem<ClusterItem> item : under.getChildren()) {
      if (wanted.equals(item.getValue())) {
        return item;
      }
      TreeItem<ClusterItem> below = find(wanted, item);
      if (below != null) {
        return below;
      }
    }
    return null;
  }

  public Parent node() {
    return Objects.requireNonNull(root);
  }
}
