package dev.backstay.ui.repositories;

import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.StatePane;
import dev.backstay.workflow.repository.Capability;
import dev.backstay.workflow.repository.PlaceTest;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;

/// What a place can do, line by line.
final class Capabilities {

  private Capabilities() {}

  static List<Node> of(PlaceTest.Report report) {
    List<Node> lines = new ArrayList<>();
    for (Capability capability : report.capabilities()) {
      String text =
          Texts.of("capability." + capability.name())
              + ": "
              + StatePane.sentence(capability.detail())
              + (capability.remedy().isEmpty()
                  ? ""
                  : " " + StatePane.sentence(capability.remedy()));
      lines.add(
          switch (capability.answer()) {
            case GOOD -> Notice.ok(text);
            case DOUBTFUL -> Notice.warn(text);
            case MISSING -> Notice.bad(text);
          });
    }
    return lines;
  }
}
