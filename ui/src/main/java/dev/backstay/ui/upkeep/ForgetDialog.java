package dev.backstay.ui.upkeep;

import dev.backstay.model.EngineException;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Columns;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.workflow.point.PointFilter;
import dev.backstay.workflow.repository.ForgetSnapshotsPlan;
import dev.backstay.workflow.repository.ForgetSnapshotsPlan.Decision;
import dev.backstay.workflow.repository.ForgetSnapshotsPlan.Group;
import dev.backstay.workflow.repository.ForgetSnapshotsRequest;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Which snapshots rules keep, snapshot by snapshot, before any goes. The plan follows the rules;
/// only the plan that is shown can be carried out, and only by who says so.
final class ForgetDialog {

  private static final Duration TYPING = Duration.millis(400);
  private static final double WIDTH = 860;

  /// restic's own, and what restore points need: host is the cluster, path the namespace.
  private static final String GROUP_BY = "host,paths";

  private final Desk desk;
  private final Dialogs dialogs;
  private final Upkeep upkeep;
  private final RepositorySession session;
  private final String title;
  private final KeepForm form = new KeepForm(this::changed);
  private final Label summary = new Label();
  private final CheckBox agreed = new CheckBox(Texts.of("forget.agree"));
  private final TableView<Line> table = new TableView<>();
  private final VBox plan = new VBox(10);
  private final ObjectProperty<@Nullable ForgetSnapshotsPlan> ready = new SimpleObjectProperty<>();
  private final PauseTransition pause = new PauseTransition(TYPING);
  private Work work = Work.NONE;

  /// A snapshot with the group that it was judged in.
  private record Line(Group group, Decision decision) {}

  ForgetDialog(Upkeep upkeep) {
    this.upkeep = upkeep;
    this.desk = upkeep.desk();
    this.dialogs = upkeep.dialogs();
    this.session = upkeep.session();
    this.title = upkeep.title("forget.title");
    pause.setOnFinished(_ -> plan());
    summary.setId("forget-summary");
    summary.getStyleClass().add("strong");
    agreed.setId("forget-agree");
    columns();
  }

  private void columns() {
    table.setId("forget-plan");
    table.setAccessibleText(Texts.of("forget.plan"));
    table.setPrefHeight(300);
    Columns.node(
        column("action", 90),
        line ->
            line.decision().kept()
                ? new Badge(Texts.of("forget.keep"), Badge.Tone.OK)
                : new Badge(Texts.of("forget.remove"), Badge.Tone.BAD));
    Columns.text(column("time", 165), line -> Amounts.moment(line.decision().snapshot().time()));
    Columns.text(column("paths", 150), line -> String.join(", ", line.group().paths()));
    Columns.text(column("host", 120), line -> upkeep.host(line.group().host()));
    Columns.text(column("id", 85), line -> line.decision().snapshot().shortId());
    Columns.text(column("because", 190), line -> String.join(", ", line.decision().rules()));
    Columns.fill(table);
  }

  private TableColumn<Line, Line> column(String name, double width) {
    TableColumn<Line, Line> column = Columns.add(table, Texts.of("forget.column." + name), width);
    column.setSortable(false);
    return column;
  }

  void show() {
    plan.setMinHeight(360);
    Button go = dialogs.action(Texts.of("forget.do"), true, this::apply);
    go.disableProperty().bind(agreed.selectedProperty().not().or(ready.isNull()));
    VBox body = new VBox(12, Section.text(Texts.of("forget.why"), "muted"), form, plan);
    VBox card = dialogs.card(title, body, dialogs.cancel(), go);
    card.setPrefWidth(WIDTH);
    Dialogs.onClosed(
        card,
        () -> {
          pause.stop();
          work.drop();
        });
    dialogs.show(card);
    plan();
  }

  private void changed() {
    work.drop();
    ready.set(null);
    agreed.setSelected(false);
    pause.playFromStart();
  }

  private void plan() {
    work.drop();
    plan.getChildren().setAll(Section.text(Texts.of("backup.planning"), "muted"));
    ForgetSnapshotsRequest request;
    try {
      request =
          new ForgetSnapshotsRequest(
              List.of(), List.of(), List.of(), List.of(), GROUP_BY, form.rules(), false);
    } catch (EngineException e) {
      failed(e);
      return;
    }
    work = desk.background().ask(_ -> session.plan(request), this::planned, this::failed);
  }

  private void planned(ForgetSnapshotsPlan fresh) {
    List<Line> lines = new ArrayList<>();
    fresh
        .groups()
        .forEach(
            group -> group.decisions().forEach(decision -> lines.add(new Line(group, decision))));
    lines.sort(Comparator.comparing(line -> line.decision().kept())); // what goes comes first
    table.getItems().setAll(lines);
    boolean some = fresh.removes() > 0;
    summary.setText(
        Texts.of(
            "forget.summary",
            Texts.count("forget.stay", fresh.keeps()),
            Texts.count("forget.go", fresh.removes())));
    agreed.setVisible(some);
    ready.set(some ? fresh : null);
    plan.getChildren().setAll(summary, table, agreed);
  }

  private void failed(EngineException error) {
    plan.getChildren().setAll(Notice.of(error));
  }

  private void apply() {
    ForgetSnapshotsPlan now = ready.get();
    if (now == null) {
      return;
    }
    upkeep.metered(
        title,
        Texts.of("forget.cancelled"),
        (cancel, meter) -> {
          int removed = session.apply(now, cancel, meter);
          var _ = desk.engine().restorePoints(session).list(PointFilter.ALL);
          return removed;
        },
        this::done);
  }

  private void done(int removed) {
    desk.points().load();
    Button more = new Button(Texts.of("forget.prune"));
    more.setId("forget-prune");
    more.setOnAction(_ -> upkeep.prune());
    dialogs.tell(
        title,
        new VBox(12, Notice.ok(Texts.of("forget.done", Texts.count("forget.go", removed))), more));
  }
}
