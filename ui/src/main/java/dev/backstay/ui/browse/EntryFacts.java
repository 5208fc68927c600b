package dev.backstay.ui.browse;

import dev.backstay.model.FileEntry;
import dev.backstay.model.FilePath;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Facts;
import dev.backstay.ui.part.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// All that a restore point keeps of a file besides its content.
final class EntryFacts {

  private EntryFacts() {}

  /// A fact of a file.
  ///
  /// @param key of its name's text
  /// @param value empty where it has none
  record Fact(String key, String value) {}

  /// The same facts in the same order for every entry; without values for none.
  static List<Fact> list(@Nullable Entry entry) {
    List<Fact> facts = new ArrayList<>();
    BiConsumer<String, Function<Entry, String>> add =
        (key, value) -> facts.add(new Fact(key, entry == null ? "" : value.apply(entry)));
    add.accept("facts.path", Entry::path);
    add.accept("facts.type", e -> file(e).type().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    add.accept("facts.size", e -> e.file() ? exact(e.size()) : "");
    add.accept("facts.modified", e -> Amounts.moment(e.modified()));
    add.accept("facts.mode", e -> e.mode() + "  " + Integer.toOctalString(file(e).mode()));
    add.accept("facts.owner", e -> named(file(e).uid(), e.info().user()));
    add.accept("facts.group", e -> named(file(e).gid(), e.info().group()));
    add.accept("facts.links", e -> file(e).links() > 1 ? Long.toString(file(e).links()) : "");
    add.accept("facts.target", EntryFacts::target);
    add.accept("facts.blobs", e -> e.file() ? Integer.toString(e.info().blobs()) : "");
    return facts;
  }

  private static FileEntry file(Entry entry) {
    return entry.info().entry();
  }

  private static String target(Entry entry) {
    FilePath target = file(entry).linkTarget();
    return target == null ? "" : target.toString();
  }

  static Node of(@Nullable Entry entry) {
    if (entry == null) {
      return new VBox(Section.text(Texts.of("preview.none"), "muted"));
    }
    Facts facts = new Facts();
    list(entry).forEach(fact -> facts.add(fact.key(), fact.value()));
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
