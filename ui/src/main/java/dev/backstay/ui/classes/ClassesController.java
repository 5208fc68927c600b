package dev.backstay.ui.classes;

import dev.backstay.model.Ability;
import dev.backstay.model.EngineException;
import dev.backstay.model.Listing;
import dev.backstay.model.SnapshotClassChoice;
import dev.backstay.model.StorageClassInfo;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Facts;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.shell.Screen;
import dev.backstay.workflow.lock.ContextId;
import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// What each storage class of a cluster can do, and how we know.
public final class ClassesController implements Screen {

  @FXML private BorderPane root;
  @FXML private Label summary;
  @FXML private StatePane state;
  @FXML private VBox cards;

  private final Desk desk;
  private final OpenCluster cluster;
  private Work work = Work.NONE;

  public ClassesController(Desk desk, OpenCluster cluster) {
    this.desk = desk;
    this.cluster = cluster;
  }

  @FXML
  void initialize() {
    state.setRetry(this::refresh);
  }

  @Override
  public ObservableValue<@Nullable ContextId> context() {
    return Screen.in(desk.clusters().id(cluster));
  }

  @Override
  public void refresh() {
    state.loadProperty().set(new Load.Loading(Texts.of("classes.loading")));
    desk.clusters()
        .open(
            cluster,
            opened ->
                work =
                    desk.background()
                        .ask(_ -> opened.session().storageClasses(), this::show, this::failed),
            this::failed);
  }

  private void failed(EngineException error) {
    state.loadProperty().set(new Load.Failed(error));
  }

  private void show(Listing<StorageClassInfo> listing) {
    cards.getChildren().setAll(Notice.folded(listing.warnings()).getChildren());
    listing.items().forEach(info -> cards.getChildren().add(card(info)));
    summary.setText(
        Texts.of(
            "classes.summary",
            Texts.count("classes.count", listing.items().size()),
            cluster.key().label()));
    boolean nothing = listing.items().isEmpty() && listing.warnings().isEmpty();
    state
        .loadProperty()
        .set(
            nothing
                ? new Load.Empty(Texts.of("classes.none"), Texts.of("classes.none.why"))
                : Load.READY);
  }

  private static Node card(StorageClassInfo info) {
    Label name = new Label(info.name(), Icons.of("mdi2l-layers-outline"));
    name.getStyleClass().add("heading");
    Label driver = new Label(info.driver());
    driver.getStyleClass().add("muted");
    HBox head = new HBox(10, name, driver);
    head.setAlignment(Pos.CENTER_LEFT);
    if (info.isDefault()) {
      head.getChildren().add(new Badge(Texts.of("classes.default"), Badge.Tone.INFO));
    }
    HBox abilities =
        new HBox(
            18,
            ability("classes.snapshot", info.snapshot()),
            ability("classes.grouping", info.grouping()),
            ability("classes.cloning", info.cloning()),
            ability("classes.expansion", info.expansion()));
    Facts facts =
        new Facts()
            .add("classes.snapshot-class", choice(info.snapshotClass()))
            .add("classes.group-class", choice(info.groupClass()))
            .add("classes.reclaim", info.reclaimPolicy())
            .add("classes.binding", info.bindingMode())
            .add("classes.how", info.snapshot().source());
    VBox card = new VBox(10, head, abilities, facts);
    card.getStyleClass().add("card");
    return card;
  }

  private static String choice(SnapshotClassChoice choice) {
    return choice.chosen() ? choice.name() + " – " + choice.reason() : choice.reason();
  }

  private static Node ability(String key, Ability ability) {
    FontIcon icon =
        switch (ability.answer()) {
          case YES -> Icons.of("mdi2c-check-circle-outline", "icon-ok");
          case NO -> Icons.of("mdi2c-close-circle-outline", "icon-bad");
          case UNKNOWN -> Icons.of("mdi2h-help-circle-outline", "icon-warn");
        };
    String word = Texts.of("ability." + ability.answer().name().toLowerCase(java.util.Locale.ROOT));
    Label label = new Label(Texts.of(key) + ": " + word, icon);
    label.setTooltip(new javafx.scene.control.Tooltip(ability.source()));
    return label;
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("sidebar.classes");
  }

  @Override
  public void shown() {
    refresh();
  }

  @Override
  public void hidden() {
    work.drop();
  }
}
