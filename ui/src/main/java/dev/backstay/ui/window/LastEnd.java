package dev.backstay.ui.window;

import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.settings.LookStore;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Knows whether the last window ended as it should. One that did not may have been a graphics
/// card's fault, so drawing without it is offered, once.
final class LastEnd {

  private final Desk desk;
  private final VBox strip;

  /// @param strip where the offer stands
  LastEnd(Desk desk, VBox strip) {
    this.desk = desk;
    this.strip = strip;
  }

  void begin() {
    boolean broken = desk.remembered().get(LookStore.OPEN, "false").equals("true");
    desk.remembered().put(LookStore.OPEN, "true");
    if (broken && !desk.remembered().get(LookStore.SAFE, "false").equals("true")) {
      offer();
    }
  }

  void end() {
    desk.remembered().put(LookStore.OPEN, "false");
  }

  private void offer() {
    Button use = new Button(Texts.of("safe.offer.action"));
    use.setId("use-safe-graphics");
    use.setMinWidth(Region.USE_PREF_SIZE);
    Button close = new Button(Texts.of("action.close"));
    close.setId("safe-offer-close");
    close.setMinWidth(Region.USE_PREF_SIZE);
    VBox place = new VBox(Notice.warn(Texts.of("safe.offer"), use, close));
    close.setOnAction(_ -> strip.getChildren().remove(place));
    use.setOnAction(_ -> {
      desk.remembered().put(LookStore.SAFE, "true");
      place.getChildren().setAll(Notice.ok(Texts.of("safe.offer.done"), close));
    });
    strip.getChildren().add(place);
  }
}
