package dev.backstay.ui.repositories;

import dev.backstay.model.EngineException;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Facts;
import dev.backstay.ui.part.MeteredDialog;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.shell.Screen;
import dev.backstay.ui.upkeep.Upkeep;
import dev.backstay.ui.upkeep.UpkeepMenu;
import dev.backstay.workflow.repository.PlaceTest;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// Every repository that is known, and what can be done with it.
public final class RepositoriesPageController implements Screen {

  @FXML private BorderPane root;
  @FXML private Button add;
  @FXML private VBox cards;

  private final Desk desk;
  private final Dialogs dialogs;
  private final ListChangeListener<OpenRepository> changed = _ -> show();
  private Subscription watching = Subscription.EMPTY;

  public RepositoriesPageController(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
  }

  @FXML
  void initialize() {
    add.setOnAction(_ -> new RepositoryWizard(desk, dialogs).open());
  }

  private void show() {
    watching.unsubscribe();
    watching = desk.repositories().chosenProperty().subscribe(() -> fill());
    for (OpenRepository repository : desk.repositories().all()) {
      watching = watching.and(repository.standingProperty().subscribe(() -> fill()));
    }
    fill();
  }

  private void fill() {
    List<Node> all = new ArrayList<>();
    desk.repositories().all().forEach(r -> all.add(card(r)));
    if (all.isEmpty()) {
      all.add(Section.text(Texts.of("repositories.none"), "muted"));
    }
    cards.getChildren().setAll(all);
  }

  private Node card(OpenRepository repository) {
    Label name = new Label(repository.name(), Icons.of("mdi2s-safe"));
    name.getStyleClass().add("heading");
    HBox head = new HBox(10, name, badge(repository));
    head.setAlignment(Pos.CENTER_LEFT);
    if (repository.equals(desk.repositories().chosen())) {
      head.getChildren().add(new Badge(Texts.of("repositories.chosen"), Badge.Tone.INFO));
    }
    long points =
        desk.points().all().stream().filter(p -> p.repository().equals(repository.id())).count();
    Facts facts =
        new Facts()
            .add("repositories.place", repository.location())
            .add("repositories.id", repository.id())
            .add("repositories.points", Amounts.count(points));
    if (repository.known() != null) {
      facts.add("repositories.synced", Amounts.moment(repository.known().synced()));
    }
    VBox card = new VBox(10, head, facts);
    EngineException error = repository.error();
    if (error != null) {
      card.getChildren().add(Notice.of(error));
    }
    RepositorySession session = repository.session();
    if (session != null) {
      card.getChildren().addAll(Notice.of(session.damage(), true).getChildren());
    }
    card.getChildren().add(buttons(repository));
    card.getStyleClass().add("card");
    return card;
  }

  private static Badge badge(OpenRepository repository) {
    String word = repository.standing().name().toLowerCase(Locale.ROOT).replace('_', '-');
    Badge.Tone tone =
        switch (repository.standing()) {
          case OPEN -> Badge.Tone.OK;
          case CLOSED, OPENING -> Badge.Tone.PLAIN;
          case NEEDS_PASSWORD -> Badge.Tone.WARN;
          case FAILED, GONE -> Badge.Tone.BAD;
        };
    return new Badge(Texts.of("repository.standing." + word), tone);
  }

  private Node buttons(OpenRepository repository) {
    FlowPane row = new FlowPane(8, 8);
    boolean open = repository.standing() == OpenRepository.Standing.OPEN;
    if (!open) {
      row.getChildren()
          .add(
              button(
                  "open",
                  "mdi2l-lock-open-outline",
                  () -> new RepositoryWizard(desk, dialogs).unlock(repository)));
    }
    if (!repository.equals(desk.repositories().chosen())) {
      row.getChildren()
          .add(button("choose", "mdi2c-check", () -> desk.repositories().choose(repository)));
    }
    row.getChildren().add(button("test", "mdi2s-stethoscope", () -> test(repository)));
    if (open) {
      row.getChildren()
          .addFirst(
              button(
                  "snapshots",
                  "mdi2f-format-list-bulleted",
                  () -> desk.navigator().go(new Place.Snapshots(repository))));
      Upkeep upkeep = new Upkeep(desk, dialogs, repository);
      row.getChildren()
          .addAll(
              button("check", "mdi2s-shield-search", () -> upkeep.check(false)),
              button("check-data", "mdi2s-shield-check-outline", () -> upkeep.check(true)),
              button("expire", "mdi2c-calendar-remove-outline", upkeep::forget),
              button("prune", "mdi2b-broom", upkeep::prune),
              new UpkeepMenu(upkeep),
              button("rebuild", "mdi2d-database-sync", () -> rebuild(repository)));
    }
    row.getChildren().add(button("forget", "mdi2e-eject-outline", () -> forget(repository)));
    return row;
  }

  private static Button button(String what, String icon, Runnable run) {
    Button button = new Button(Texts.of("repositories." + what), Icons.of(icon));
    button.setId("repository-" + what);
    button.setOnAction(_ -> run.run());
    return button;
  }

  private void test(OpenRepository repository) {
    VBox body = new VBox(8, new ProgressIndicator());
    dialogs.tell(Texts.of("repositories.test.title", repository.name()), body);
    RepositoryLocation location = new RepositoryLocation(repository.location());
    var _ =
        desk.background()
            .ask(
                _ -> new PlaceTest(desk.engine().settings().stores()).find(location),
                report -> body.getChildren().setAll(Capabilities.of(report)),
                error -> body.getChildren().setAll(Notice.of(error)));
  }

  private void rebuild(OpenRepository repository) {
    RepositorySession session = Objects.requireNonNull(repository.session());
    String title = Texts.of("repositories.rebuild.title", repository.name());
    new MeteredDialog(dialogs, desk.background())
        .run(
            title,
            Texts.of("repositories.rebuild.cancelled"),
            (_, _) -> desk.engine().restorePoints(session).rebuild(),
            count ->
                dialogs.tell(
                    title,
                    Notice.ok(
                        Texts.of("repositories.rebuilt", Texts.count("points.count", count)))));
  }

  private void forget(OpenRepository repository) {
    dialogs.confirm(
        Texts.of("repositories.forget.title", repository.name()),
        Section.text(Texts.of("repositories.forget.why")),
        Texts.of("repositories.forget"),
        false,
        () -> desk.repositories().forget(repository));
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("nav.repositories");
  }

  @Override
  public void shown() {
    desk.repositories().all().addListener(changed);
    show();
    // a place may have gone since it was used last
    desk.repositories().refresh();
    watching = watching.and(desk.points().allProperty().subscribe(() -> fill()));
  }

  @Override
  public void refresh() {
    desk.repositories().refresh();
  }

  @Override
  public void hidden() {
    desk.repositories().all().removeListener(changed);
    watching.unsubscribe();
  }
}
