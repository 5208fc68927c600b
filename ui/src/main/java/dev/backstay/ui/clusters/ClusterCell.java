package dev.backstay.ui.clusters;

import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.workflow.lock.ContextMark;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// How a line of the sidebar's tree looks.
final class ClusterCell extends TreeCell<ClusterItem> {

  private final Production production;
  private final Actions actions;

  /// What can be done with a context, besides going there.
  record Actions(
      Consumer<OpenCluster> open, Consumer<OpenCluster> close, Consumer<OpenCluster> mark) {}

  /// Long names are cut, not scrolled to.
  ClusterCell(Production production, Actions actions) {
    this.production = production;
    this.actions = actions;
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(@Nullable ClusterItem item, boolean empty) {
    super.updateItem(item, empty);
    setTooltip(null);
    setText(null);
    setContextMenu(
        item instanceof ClusterItem.Context(OpenCluster cluster, _)
            ? menu(cluster, actions)
            : null);
    setGraphic(empty || item == null ? null : label(item));
  }

  static ContextMenu menu(OpenCluster cluster, Actions actions) {
    boolean open = cluster.standing() == OpenCluster.Standing.OPEN;
    MenuItem session = new MenuItem(Texts.of(open ? "sidebar.close" : "sidebar.open"));
    session.setOnAction(_ -> (open ? actions.close() : actions.open()).accept(cluster));
    MenuItem mark = new MenuItem(Texts.of("sidebar.mark"));
    mark.setOnAction(_ -> actions.mark().accept(cluster));
    return new ContextMenu(session, mark);
  }

  private Region label(ClusterItem item) {
    return switch (item) {
      case ClusterItem.Group group -> styled(new Label(group.name()), "caption");
      case ClusterItem.Context context -> context(context.cluster());
      case ClusterItem.Classes _ ->
          new Label(Texts.of("sidebar.classes"), Icons.of("mdi2l-layers-outline"));
      case ClusterItem.Namespace namespace ->
          new Label(namespace.name(), Icons.of("mdi2c-cube-outline"));
      case ClusterItem.Message message -> message(message);
    };
  }

  private Region context(OpenCluster cluster) {
    String icon =
        switch (cluster.standing()) {
          case CLOSED -> "mdi2l-lan-disconnect";
          case CONNECTING -> "mdi2l-lan-pending";
          case OPEN -> "mdi2l-lan-connect";
          case FAILED -> "mdi2a-alert-circle-outline";
        };
    String colour =
        switch (cluster.standing()) {
          case CLOSED, CONNECTING -> "icon";
          case OPEN -> "icon-ok";
          case FAILED -> "icon-bad";
        };
    String insecure = cluster.info().insecure() ? "  " + Texts.of("sidebar.insecure") : "";
    Label label = new Label(cluster.key().label() + insecure, Icons.of(icon, colour));
    if (!cluster.info().problems().isEmpty() || cluster.info().insecure()) {
      label.getStyleClass().add("bad");
    }
    setTooltip(new Tooltip(tip(cluster)));
    ContextMark mark = production.mark(cluster.key().name());
    return mark.production() ? marked(label, mark) : label;
  }

  /// The name is cut before the badge is.
  private static Region marked(Label name, ContextMark mark) {
    name.setMinWidth(0);
    name.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(name, Priority.ALWAYS);
    Label badge = new Label(Texts.of("production.short"));
    badge.getStyleClass().add("production-badge");
    badge.setStyle(ProductionColour.style(mark.colour()));
    badge.setMinWidth(USE_PREF_SIZE);
    HBox line = new HBox(6, name, badge);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }

  private static String tip(OpenCluster cluster) {
    String server = cluster.info().server() + "\n" + cluster.info().file();
    return cluster.info().problems().isEmpty()
        ? server
        : server + "\n" + String.join("\n", cluster.info().problems());
  }

  private Label message(ClusterItem.Message message) {
    setTooltip(new Tooltip(message.text()));
    return styled(new Label(message.text()), message.bad() ? "bad" : "muted");
  }

  private static Label styled(Label label, String styleClass) {
    label.getStyleClass().add(styleClass);
    return label;
  }
}
