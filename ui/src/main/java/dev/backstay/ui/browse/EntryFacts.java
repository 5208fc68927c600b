package dev.backstay.ui.browse;

import dev.backstay.model.FileEntry;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Facts;
import dev.backstay.ui.part.Section;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// All that a restore point keeps of a file besides its content.
final class EntryFacts {

  private EntryFacts() {}

  static Node of(@Nullable Entry entry) {
    if (entry == null) {
      return new VBox(Section.text(Texts.of("preview.none"), "muted"));
    }
    FileEntry file = entry.info().entry();
    Facts facts =
        new Facts()
            .add("facts.path", entry.path())
            .add("facts.type", file.type().name().toLowerCase(Locale.ROOT).replace('_', ' '))
            .add("facts.size", entry.file() ? exact(entry.size()) : "")
            .add("facts.modified", Amounts.moment(entry.modified()))
            .add("facts.mode", entry.mode() + "  " + Integer.toOctalString(file.mode()))
            .add("facts.owner", named(file.uid(), entry.info().user()))
            .add("facts.group", named(file.gid(), entry.info().group()))
            .add("facts.links", file.links() > 1 ? Long.toString(file.links()) : "")
            .add("facts.target", file.linkTarget() == null ? "" : file.linkTarget().toString())
            .add("facts.blobs", entry.file() ? Integer.toString(entry.info().blobs()) : "");
    VBox box = new VBox(facts);
    box.setStyle("-fx-padding: 12;");
    ScrollPane scroll = new ScrollPane(box);
    scroll.setFitToWidth(true);
    return scroll;
  }

  private static String exact(long size) {
    return Amounts.bytes(size) + "  (" + Amounts.count(size) + ")";
  }

  private static String named(long id, String name) {
    return name.isEmpty() ? Long.toString(id) : id + "  " + name;
  }
}
