package dev.backstay.ui.upkeep;

import dev.backstay.model.ItemFailure;
import dev.backstay.ui.part.Notice;
import java.util.List;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/// What is damaged or odd in a repository, one strip each, in as much room as a dialog has.
final class Findings {

  private static final double HEIGHT = 260;

  /// More of them are scrolled.
  private static final int FEW = 3;

  /// Whole ids take lines and say no more than their beginnings, which every repair understands.
  private static final Pattern ID = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");

  private Findings() {}

  static Node of(List<ItemFailure> damage, List<ItemFailure> hints) {
    VBox found = new VBox(8);
    found.getChildren().addAll(strips(damage, true));
    found.getChildren().addAll(strips(hints, false));
    if (found.getChildren().size() <= FEW) {
      return found;
    }
    ScrollPane scroll = new ScrollPane(found);
    scroll.setFitToWidth(true);
    scroll.setPrefHeight(HEIGHT);
    return scroll;
  }

  private static List<Node> strips(List<ItemFailure> findings, boolean bad) {
    return Notice.of(findings.stream().map(Findings::brief).toList(), bad).getChildren();
  }

  private static ItemFailure brief(ItemFailure f) {
    return new ItemFailure(brief(f.item()), f.code(), brief(f.message()), brief(f.remedy()));
  }

  private static String brief(String text) {
    return ID.matcher(text).replaceAll("$1…");
  }
}
