package dev.backstay.ui.shell;

import dev.backstay.ui.fx.Work;
import dev.backstay.ui.palette.Finding;
import dev.backstay.workflow.lock.ContextId;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;

/// A page of the window, from being shown to being left. For the FX thread.
public interface Screen {

  Parent node();

  /// For the window's title and screen readers.
  String title();

  /// The context that is shown or changed here, null for none: the window wears its colour, and its
  /// lock is in the title bar.
  default ObservableValue<@Nullable ContextId> context() {
    return in(null);
  }

  /// Always that one.
  static ObservableValue<@Nullable ContextId> in(@Nullable ContextId context) {
    return new ReadOnlyObjectWrapper<>(context);
  }

  /// The context was locked or unlocked: a plan is another one now.
  default void lockChanged() {}

  /// It is in the window now.
  default void shown() {}

  /// The user wants what is shown to be asked for again.
  default void refresh() {}

  /// What of it the palette can find, besides its buttons.
  default List<Finding> findings() {
    return List.of();
  }

  /// Looks for more than what [#findings()] has at hand.
  ///
  /// @param most hits at most
  /// @param then called once, unless the work is dropped
  default Work find(String words, int most, Consumer<List<Finding>> then) {
    return Work.NONE;
  }

  /// It has been left; it will not be shown again.
  default void hidden() {}
}
