package dev.backstay.ui.window;

import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.testfx.api.FxRobot;

/// Real keys and clicks on a window, as TestFX's robot sends them through the toolkit. The screen
/// of the Headless platform is 1000 by 1000, so only what lies in it can be clicked.
final class Hands {

  private final WindowRun run;
  private final FxRobot robot = new FxRobot();

  Hands(WindowRun run) {
    this.run = run;
    Toolkit.run(() -> {
      run.stage().setX(0);
      run.stage().setY(0);
      run.stage().toFront();
      run.stage().requestFocus();
    });
    robot.targetWindow(run.stage());
  }

  /// Keys held down together.
  void press(KeyCode... keys) {
    robot.push(keys);
    run.settle();
  }

  /// One key, some times.
  void press(KeyCode key, int times) {
    for (int i = 0; i < times; i++) {
      robot.push(key);
    }
    run.settle();
  }

  /// Characters, one after the other.
  void type(String text) {
    robot.write(text);
    run.settle();
  }

  void click(Node node) {
    robot.clickOn(node);
    run.settle();
  }

  void click(String id) {
    click(run.node(id));
  }

  void doubleClick(Node node) {
    robot.doubleClickOn(node, MouseButton.PRIMARY);
    run.settle();
  }

  /// What has the keyboard.
  String focus() {
    return Toolkit.on(() -> {
      Node owner = run.stage().getScene().getFocusOwner();
      return owner == null || owner.getId() == null ? String.valueOf(owner) : owner.getId();
    });
  }
}
