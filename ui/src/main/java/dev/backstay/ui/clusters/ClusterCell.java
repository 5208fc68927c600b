package dev.backstay.ui.clusters;

import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import org.jspecify.annotations.Nullable;

/// How a line of the sidebar's tree looks.
final class ClusterCell extends TreeCell<ClusterItem> {

  private final Clusters clusters;
  private final Consumer<OpenCluster> mark;

  /// Long names are cut, not scrolled to.
  ///
  /// @param mark asks what a context is
  ClusterCell(Clusters clusters, Consumer<OpenCluster> mark) {
    this.clusters = clusters;
    this.mark = mark;
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(@Nullable ClusterItem item, boolean empty) {
    super.updateItem(item, empty);
    setTooltip(null);
    setText(null);
    setContextMenu(
        item instanceof ClusterItem.Context(OpenCluster cluster, _) ? menu(cluster) : null);
    setGraphic(empty || item == null ? null : label(item));
  }

  private ContextMenu menu(OpenCluster cluster) {
    boolean open = cluster.standing() == OpenCluster.Standing.OPEN;
    MenuItem session = new MenuItem(Texts.of(open ? "sidebar.close" : "sidebar.open"));
    session.setOnAction(_ -> {
      if (open) {
        clusters.close(cluster);
      } else {
        clusters.open(cluster);
      }
    });
    MenuItem production = new MenuItem(Texts.of("sidebar.mark"));
    production.setOnAction(_ -> mark.accept(cluster));
    return new ContextMenu(session, production);
  }

  private Label label(ClusterItem item) {
    return switch (item) {
      case ClusterItem.Group group -> styled(new Label(group.name()), "caption");
      case ClusterItem.Context context -> context(context.cluster());
      case ClusterItem.Volumes _ ->
          new Label(Texts.of("sidebar.volumes"), Icons.of("mdi2d-database-outline"));
      case ClusterItem.Classes _ ->
          new Label(Texts.of("sidebar.classes"), Icons.of("mdi2l-layers-outline"));
      case ClusterItem.Namespace namespace ->
          new Label(namespace.name(), Icons.of("mdi2c-cube-outline"));
      case ClusterItem.Message message -> message(message);
    };
  }

  private Label context(OpenCluster cluster) {
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
    return label;
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
