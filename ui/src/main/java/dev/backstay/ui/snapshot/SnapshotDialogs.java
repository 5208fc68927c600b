package dev.backstay.ui.snapshot;

import dev.backstay.model.ItemFailure;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.namespace.SnapshotActions;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Facts;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.StatePane;
import dev.backstay.workflow.volumesnapshot.DeletePlan;
import dev.backstay.workflow.volumesnapshot.DeleteRequest;
import dev.backstay.workflow.volumesnapshot.Grouping;
import dev.backstay.workflow.volumesnapshot.NewClaimPlan;
import dev.backstay.workflow.volumesnapshot.NewClaimRequest;
import dev.backstay.workflow.volumesnapshot.Patience;
import dev.backstay.workflow.volumesnapshot.TakePlan;
import dev.backstay.workflow.volumesnapshot.TakeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Takes VolumeSnapshots, makes PVCs of them and deletes them: each shows its plan first.
public final class SnapshotDialogs implements SnapshotActions {

  private final Desk desk;
  private final Dialogs dialogs;

  public SnapshotDialogs(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
  }

  @Override
  public void take(OpenCluster cluster, String namespace, List<String> pvcs) {
    TextField name = field("snapshot-name", "snapshot.choice.name");
    ComboBox<Grouping> grouping = new ComboBox<>();
    grouping.setId("snapshot-grouping");
    grouping.setAccessibleText(Texts.of("snapshot.choice.grouping"));
    grouping.getItems().setAll(Grouping.values());
    grouping.setConverter(words("snapshot.grouping."));
    grouping.setValue(Grouping.AUTOMATIC);
    TextField snapshotClass = field("snapshot-class", "snapshot.choice.class");
    TextField groupClass = field("snapshot-group-class", "snapshot.choice.group-class");
    PlanDialog<TakePlan> dialog =
        new PlanDialog<>(
            desk,
            dialogs,
            cluster,
            Texts.of("snapshot.take.title", namespace),
            () -> {
              TakeRequest request =
                  new TakeRequest(
                      namespace,
                      pvcs,
                      grouping.getValue(),
                      text(snapshotClass),
                      text(groupClass),
                      text(name),
                      Patience.DEFAULT);
              return session -> desk.engine().plan(request, session);
            },
            SnapshotDialogs::shown);
    Stream.of(name, snapshotClass, groupClass)
        .forEach(f -> f.textProperty().subscribe((_, _) -> dialog.changed()));
    grouping.valueProperty().subscribe((_, _) -> dialog.changed());
    Form more = new Form().line("snapshot.choice.class", snapshotClass);
    if (pvcs.size() > 1) {
      more.line("snapshot.choice.grouping", grouping);
      more.line("snapshot.choice.group-class", groupClass);
    }
    dialog.show(
        Texts.of("snapshot.take.action"),
        false,
        new Form().line("snapshot.choice.name", name),
        more.folded());
  }

  @Override
  public void makePvc(OpenCluster cluster, VolumeSnapshotInfo snapshot) {
    TextField name = field("dialog-text", "snapshot.choice.pvc");
    name.setText(snapshot.pvc().isEmpty() ? snapshot.name() : snapshot.pvc() + "-copy");
    TextField storageClass = field("snapshot-storage-class", "snapshot.choice.storage-class");
    TextField size = field("snapshot-size", "snapshot.choice.size");
    PlanDialog<NewClaimPlan> dialog =
        new PlanDialog<>(
            desk,
            dialogs,
            cluster,
            Texts.of("snapshot.make-pvc.title", snapshot.name()),
            () -> {
              NewClaimRequest request =
                  new NewClaimRequest(
                      snapshot.namespace(),
                      snapshot.name(),
                      text(name),
                      text(storageClass),
                      text(size),
                      Patience.DEFAULT);
              return session -> desk.engine().plan(request, session);
            },
            SnapshotDialogs::shown);
    Stream.of(name, storageClass, size)
        .forEach(f -> f.textProperty().subscribe((_, _) -> dialog.changed()));
    dialog.show(
        Texts.of("snapshot.make-pvc"),
        false,
        Section.text(Texts.of("snapshot.make-pvc.why"), "muted"),
        new Form().line("snapshot.choice.pvc", name),
        new Form()
            .line("snapshot.choice.storage-class", storageClass)
            .line("snapshot.choice.size", size)
            .folded());
  }

  @Override
  public void delete(OpenCluster cluster, List<VolumeSnapshotInfo> snapshots) {
    String title =
        snapshots.size() == 1
            ? Texts.of("snapshot.delete.title", snapshots.getFirst().name())
            : Texts.of("snapshot.delete.several", snapshots.size());
    boolean grouped = snapshots.stream().anyMatch(s -> !s.group().isEmpty());
    CheckBox groups = new CheckBox(Texts.of("snapshot.delete.groups"));
    groups.setId("snapshot-groups");
    groups.setSelected(grouped);
    groups.setVisible(grouped);
    groups.setManaged(grouped);
    PlanDialog<DeletePlan> dialog =
        new PlanDialog<>(
            desk,
            dialogs,
            cluster,
            title,
            () -> {
              List<String> names =
                  snapshots.stream()
                      .map(s ->
                          groups.isSelected() && !s.group().isEmpty()
                              ? DeleteRequest.GROUP + s.group()
                              : s.name())
                      .toList();
              DeleteRequest request =
                  new DeleteRequest(snapshots.getFirst().namespace(), names, Patience.DEFAULT);
              return session -> desk.engine().plan(request, session);
            },
            SnapshotDialogs::shown);
    groups.selectedProperty().subscribe((_, _) -> dialog.changed());
    dialog.show(Texts.of("snapshot.delete"), true, groups);
  }

  private static String text(TextField field) {
    return field.getText().strip();
  }

  private static TextField field(String id, String key) {
    TextField field = new TextField();
    field.setId(id);
    field.setAccessibleText(Texts.of(key));
    field.setPromptText(Texts.of("snapshot.choice.default"));
    return field;
  }

  private static StringConverter<Grouping> words(String key) {
    return new StringConverter<>() {
      @Override
      public String toString(Grouping grouping) {
        return Texts.of(key + grouping.name().toLowerCase(Locale.ROOT));
      }

      @Override
      public @Nullable Grouping fromString(String text) {
        return null;
      }
    };
  }

  private static List<Node> shown(TakePlan plan) {
    List<Node> parts = common(plan.blockers(), plan.warnings(), plan.missingRights());
    parts.add(Section.text(plan.grouping(), "muted"));
    plan.items()
        .forEach(item ->
            parts.add(
                new Section(
                    item.pvc().name(),
                    new Facts()
                        .add("snapshot.name", item.name())
                        .add("details.snapshot-class", item.snapshotClass())
                        .add("snapshot.reason", item.reason())
                        .add("details.policy", item.deletionPolicy()))));
    return parts;
  }

  private static List<Node> shown(NewClaimPlan plan) {
    List<Node> parts = common(plan.blockers(), plan.warnings(), plan.missingRights());
    parts.add(
        new Facts()
            .add("details.pvc", plan.claim().name())
            .add("details.class", plan.claim().storageClass())
            .add("snapshot.reason", plan.claim().reason())
            .add("details.bytes", Amounts.bytes(plan.claim().bytes()))
            .add("snapshot.modes", String.join(", ", plan.claim().accessModes())));
    if (plan.claim().waitsForPod()) {
      parts.add(Notice.info(Texts.of("snapshot.waits")));
    }
    return parts;
  }

  private static List<Node> shown(DeletePlan plan) {
    List<Node> parts = common(plan.blockers(), plan.warnings(), plan.missingRights());
    plan.items()
        .forEach(item ->
            parts.add(
                new Section(
                    item.snapshot().name(), Notice.bad(StatePane.sentence(item.effect())))));
    plan.groups().forEach(group -> parts.add(Section.text(group)));
    return parts;
  }

  private static List<Node> common(
      List<ItemFailure> blockers, List<ItemFailure> warnings, List<String> missing) {
    List<Node> parts = new ArrayList<>();
    parts.addAll(Notice.of(blockers, true).getChildren());
    if (!missing.isEmpty()) {
      parts.add(Notice.warn(Texts.of("backup.rights.why") + "\n" + String.join("\n", missing)));
    }
    parts.addAll(Notice.of(warnings, false).getChildren());
    return parts;
  }
}
