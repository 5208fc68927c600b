package dev.backstay.ui.part;

import dev.backstay.ui.fx.FxThread;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import org.jspecify.annotations.Nullable;

/// Keeps the keyboard inside the dialog that is open, and gives it back where it was before.
final class Focus {

  private final Node pane;
  private final Supplier<@Nullable Node> top;
  private @Nullable Node before;

  /// @param pane what dialogs are shown in
  /// @param top the dialog that is open
  Focus(Node pane, Supplier<@Nullable Node> top) {
    this.pane = pane;
    this.top = top;
    pane.sceneProperty()
        .flatMap(Scene::focusOwnerProperty)
        .subscribe(owner -> {
          if (owner != null && outside(owner)) {
            FxThread.later(this::into);
          }
        });
  }

  /// Remembers who has it.
  ///
  /// @param first whether no dialog has been open until now
  void keep(boolean first) {
    if (first) {
      before = owner();
    }
  }

  void giveBack() {
    if (before != null && before.getScene() != null) {
      before.requestFocus();
    }
    before = null;
  }

  private @Nullable Node owner() {
    return pane.getScene() == null ? null : pane.getScene().getFocusOwner();
  }

  private boolean outside(@Nullable Node node) {
    Node inside = top.get();
    if (inside == null) {
      return false;
    }
    for (Node at = node; at != null; at = at.getParent()) {
      if (at.equals(inside)) {
        return false;
      }
    }
    return true;
  }

  /// To the first part of the dialog that can have it, unless one has it.
  void into() {
    Node inside = top.get();
    if (inside != null && outside(owner())) {
      Node first = first(inside);
      if (first != null) {
        first.requestFocus();
      }
    }
  }

  private static @Nullable Node first(Node node) {
    if (!node.isVisible() || node.isDisabled()) {
      return null;
    }
    if (node.isFocusTraversable() && !(node instanceof ScrollPane)) {
      return node;
    }
    if (node instanceof Parent parent) {
      for (Node child : parent.getChildrenUnmodifiable()) {
        Node found = first(child);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
