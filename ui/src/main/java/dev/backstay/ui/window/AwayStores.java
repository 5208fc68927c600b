package dev.backstay.ui.window;

import dev.backstay.model.StoreNotice;
import dev.backstay.ui.Desk;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.part.StatePane;
import java.util.HashMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/// Tells above the screens which stores do not answer, for as long as somebody waits for them.
final class AwayStores {

  private final Desk desk;
  private final VBox strip;
  private final Map<String, Node> away = new HashMap<>();

  /// @param strip where it is told
  AwayStores(Desk desk, VBox strip) {
    this.desk = desk;
    this.strip = strip;
  }

  void start() {
    desk.engine()
        .settings()
        .stores()
        .notices()
        .listen(notice -> desk.background().onFx(() -> heard(notice)));
  }

  private void heard(StoreNotice notice) {
    Node before = away.remove(notice.location());
    if (before != null) {
      strip.getChildren().remove(before);
    }
    if (notice.state() == StoreNotice.State.AWAY) {
      Node told = Notice.warn(StatePane.sentence(notice.text()));
      told.getStyleClass().add("store-away");
      away.put(notice.location(), told);
      strip.getChildren().add(told);
    }
  }
}
