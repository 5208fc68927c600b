package dev.backstay.ui.part;

import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.ItemFailure;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One strip that tells something and may offer what to do about it.
public final class Notice extends HBox {

  /// The remedy of the command line is none in a window.
  private static final String LOCKED = "context.locked";

  public Notice(String styleClass, String icon, String iconClass, String text, Node... actions) {
    getStyleClass().addAll("notice", styleClass);
    Label label = new Label(text);
    Wrapping.of(label);
    label.setMinHeight(Region.USE_PREF_SIZE);
    HBox.setHgrow(label, Priority.ALWAYS);
    label.setMaxWidth(Double.MAX_VALUE);
    getChildren().addAll(Icons.of(icon, iconClass), label);
    getChildren().addAll(actions);
  }

  public static Notice info(String text, Node... actions) {
    return new Notice("info-notice", "mdi2i-information-outline", "icon-accent", text, actions);
  }

  public static Notice warn(String text, Node... actions) {
    return new Notice("warn-notice", "mdi2a-alert-outline", "icon-warn", text, actions);
  }

  public static Notice bad(String text, Node... actions) {
    return new Notice("bad-notice", "mdi2a-alert-circle-outline", "icon-bad", text, actions);
  }

  public static Notice ok(String text, Node... actions) {
    return new Notice("ok-notice", "mdi2c-check-circle-outline", "icon-ok", text, actions);
  }

  /// What went wrong, and what to do about it.
  public static Notice of(EngineException error) {
    String remedy = error.remedy().isEmpty() ? "" : " " + StatePane.sentence(error.remedy());
    String message = StatePane.sentence(String.valueOf(error.getMessage()));
    return error.code().equals(LOCKED) ? bad(message, unlock()) : bad(message + remedy);
  }

  private static Button unlock() {
    Button unlock = new Button(Texts.of("lock.action"), Icons.of("mdi2l-lock-open-outline"));
    unlock.setId("notice-unlock");
    unlock.setMinWidth(Region.USE_PREF_SIZE);
    unlock.setOnAction(_ -> unlock.fireEvent(new UnlockWish(null)));
    return unlock;
  }

  /// What failed or is missing, item by item; a long list is folded.
  public static VBox of(Iterable<ItemFailure> failures, boolean bad) {
    VBox box = new VBox(6);
    int count = 0;
    for (ItemFailure failure : failures) {
      if (++count <= 30) {
        String text = line(failure);
        Node[] actions = failure.code().equals(LOCKED) ? new Node[] {unlock()} : new Node[0];
        box.getChildren().add(bad ? bad(text, actions) : warn(text, actions));
      }
    }
    if (count > 30) {
      box.getChildren().add(warn("… " + (count - 30)));
    }
    return box;
  }

  /// What could not be read, in as few strips as possible: rights that are missing are one strip
  /// that opens, and nothing is told twice.
  public static VBox folded(Collection<ItemFailure> failures) {
    List<ItemFailure> missing =
        failures.stream().filter(f -> f.code().equals(ForbiddenException.NO_RIGHT)).toList();
    List<String> items = missing.stream().map(ItemFailure::item).distinct().toList();
    List<ItemFailure> others = failures.stream().distinct().toList();
    if (items.size() < 2) {
      return of(others, false);
    }
    VBox box = of(others.stream().filter(f -> !missing.contains(f)).toList(), false);
    Label lines =
        Section.text(
            missing.stream().map(Notice::line).distinct().collect(Collectors.joining("\n")));
    lines.setVisible(false);
    lines.setManaged(false);
    Hyperlink details = new Hyperlink(Texts.of("notice.details"));
    details.setId("notice-details");
    details.setMinWidth(Region.USE_PREF_SIZE);
    details.setOnAction(_ -> {
      lines.setVisible(!lines.isVisible());
      lines.setManaged(lines.isVisible());
    });
    Notice notice =
        warn(Texts.of("notice.no-permission", items.size(), String.join(", ", items)), details);
    VBox card = new VBox(6, notice, lines);
    box.getChildren().addFirst(card);
    return box;
  }

  /// `item: message. Remedy.`
  public static String line(ItemFailure failure) {
    if (failure.code().equals(LOCKED)) {
      return Texts.of("lock.blocker", failure.item().substring(failure.item().indexOf('/') + 1));
    }
    String remedy = failure.remedy().isEmpty() ? "" : " " + StatePane.sentence(failure.remedy());
    return failure.item() + ": " + StatePane.sentence(failure.message()) + remedy;
  }
}
