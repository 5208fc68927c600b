package dev.backstay.ui.upkeep;

import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;

/// What is done to a repository now and then, in one button.
public final class UpkeepMenu extends MenuButton {

  public UpkeepMenu(Upkeep upkeep) {
    super(Texts.of("upkeep.menu"), Icons.of("mdi2w-wrench-outline"));
    setId("repository-upkeep");
    getItems()
        .addAll(
            item("upkeep.statistics", "mdi2c-chart-bar", upkeep::statistics),
            item("upkeep.keys", "mdi2k-key-outline", upkeep::keys),
            item("upkeep.locks", "mdi2l-lock-outline", upkeep::locks),
            item("upkeep.repair", "mdi2b-bandage", upkeep::repair));
  }

  private static MenuItem item(String key, String icon, Runnable run) {
    MenuItem item = new MenuItem(Texts.of(key), Icons.of(icon));
    item.setId(key.replace('.', '-'));
    item.setOnAction(_ -> run.run());
    return item;
  }
}
