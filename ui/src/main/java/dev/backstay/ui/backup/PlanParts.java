package dev.backstay.ui.backup;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Badge;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.Verbs;
import dev.backstay.workflow.backup.BackUpPlan;
import dev.backstay.workflow.backup.PlannedRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A backup's plan, part by part. PVCs and kinds can be left out where they stand.
final class PlanParts {

  private final BackUpViewModel model;

  PlanParts(BackUpViewModel model) {
    this.model = model;
  }

  List<Node> of(BackUpPlan plan) {
    List<Node> parts = new ArrayList<>();
    parts.addAll(Notice.of(plan.blockers(), true).getChildren());
    plan.resumes().ifPresent(job -> parts.add(Notice.info(Texts.of("backup.resumes", job.text()))));
    if (!plan.missingRights().isEmpty()) {
      parts.add(rights(plan.missingRights()));
    }
    if (model.volumesProperty().get() && !model.pvcs().isEmpty()) {
      parts.add(volumes());
    }
    parts.add(objects(plan));
    if (!plan.temporary().isEmpty()) {
      parts.add(
          new Section(
              Texts.of("backup.temporary"),
              Section.text(Texts.of("backup.temporary.why"), "muted"),
              Section.text(String.join("\n", plan.temporary()))));
    }
    parts.addAll(Notice.of(plan.unreadable(), false).getChildren());
    return parts;
  }

  private static Node rights(List<String> missing) {
    return new Section(
        Texts.of("backup.rights"),
        Notice.warn(
            Texts.of("backup.rights.why") + "\n" + String.join("\n", Verbs.lines(missing))));
  }

  private Node volumes() {
    Section section = new Section(Texts.of("backup.volumes.title"));
    model.pvcs().forEach(volume -> section.getChildren().add(card(volume)));
    return section;
  }

  private Node card(PlannedRead volume) {
    boolean chosen = model.isChosen(volume);
    CheckBox name = new CheckBox(volume.pvc());
    name.setId("backup-pvc-" + volume.pvc());
    name.getStyleClass().add("strong");
    name.setSelected(chosen);
    name.selectedProperty().subscribe((_, now) -> model.choosePvc(volume.pvc(), now));
    if (!chosen) {
      HBox left = new HBox(10, name, Section.text(Texts.of("backup.pvc.out"), "muted"));
      left.setAlignment(Pos.CENTER_LEFT);
      left.getStyleClass().add("card");
      return left;
    }
    Badge method = new Badge(method(volume), tone(volume));
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Label size = new Label(size(volume));
    size.getStyleClass().add("muted");
    HBox head = new HBox(10, name, method, space, size);
    head.setAlignment(Pos.CENTER_LEFT);
    VBox card = new VBox(6, head, Section.text(volume.consistency()));
    card.getStyleClass().add("card");
    String why = String.join("; ", volume.reasons());
    if (!why.isEmpty()) {
      card.getChildren().add(Section.text(Texts.of("backup.why", why), "muted"));
    }
    if (!volume.losses().isEmpty()) {
      String losses = String.join("; ", volume.losses());
      card.getChildren().add(Section.text(Texts.of("backup.losses", losses), "muted"));
    }
    card.getChildren().addAll(Notice.of(volume.blockers(), true).getChildren());
    return card;
  }

  private static String method(PlannedRead volume) {
    return Texts.of("method." + volume.method().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static Badge.Tone tone(PlannedRead volume) {
    return switch (volume.method()) {
      case "VOLUME_SNAPSHOT" -> Badge.Tone.OK;
      case "NONE" -> Badge.Tone.BAD;
      default -> Badge.Tone.WARN;
    };
  }

  private static String size(PlannedRead volume) {
    return volume.lastBytes() < 0
        ? Texts.of("backup.size.first", Amounts.bytes(volume.capacity()))
        : Texts.of(
            "backup.size.last",
            Amounts.bytes(volume.lastBytes()),
            Amounts.bytes(volume.capacity()));
  }

  private Node objects(BackUpPlan plan) {
    FlowPane kinds = new FlowPane(6, 6);
    model.kinds().forEach((kind, count) -> kinds.getChildren().add(chip(kind, count)));
    long total = plan.objects().values().stream().mapToLong(Long::longValue).sum();
    Section section =
        new Section(
            Texts.of("backup.objects", Texts.count("count.manifests", total)),
            Section.text(Texts.of("backup.objects.hint"), "muted"),
            kinds);
    if (!plan.leftOut().isEmpty()) {
      String out = String.join("\n", plan.leftOut());
      section.getChildren().add(Section.text(Texts.of("backup.left-out") + "\n" + out, "muted"));
    }
    return section;
  }

  private Node chip(String kind, long count) {
    boolean chosen = model.isChosen(kind);
    ToggleButton chip = new ToggleButton(count == 0 ? kind : kind + "  " + Amounts.count(count));
    chip.setId("backup-kind-" + kind);
    chip.getStyleClass().add("chip");
    chip.setSelected(chosen);
    chip.setTooltip(
        new Tooltip(Texts.of(chosen ? "backup.kind.leave-out" : "backup.kind.take-in", kind)));
    chip.selectedProperty().subscribe((_, now) -> model.chooseKind(kind, now));
    return chip;
  }

  /// `2 volumes, about 340 MiB, 25 manifests → /mnt/backups`
  static String total(BackUpPlan plan) {
    long manifests = plan.objects().values().stream().mapToLong(Long::longValue).sum();
    long volumes = plan.volumes().stream().filter(v -> !v.method().equals("NONE")).count();
    long known = plan.volumes().stream().mapToLong(v -> Math.max(0, v.lastBytes())).sum();
    boolean first = plan.volumes().stream().anyMatch(v -> v.lastBytes() < 0);
    String size =
        known == 0 && first
            ? Texts.of("backup.size.unknown")
            : Texts.of("backup.size.about", Amounts.bytes(known));
    return Texts.of(
        "backup.total",
        Texts.count("count.volumes", volumes),
        size,
        Texts.count("count.manifests", manifests),
        plan.repository());
  }
}
