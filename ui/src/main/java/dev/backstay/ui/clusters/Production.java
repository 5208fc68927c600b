package dev.backstay.ui.clusters;

import dev.backstay.ui.fx.Background;
import dev.backstay.ui.fx.Work;
import dev.backstay.workflow.lock.ContextId;
import dev.backstay.workflow.lock.ContextLocks;
import dev.backstay.workflow.lock.ContextMark;
import dev.backstay.workflow.lock.ContextMarks;
import dev.backstay.workflow.lock.LockStanding;
import dev.backstay.workflow.lock.LockState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/// Which contexts are production, as the window shows it. Marks are read off the FX thread once a
/// second, so what is shown may be a second old; what leaves the machine is decided by the engine's
/// own look. For the FX thread.
public final class Production {

  private final ContextLocks locks;
  private final Background background;
  private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper();
  private final Map<ContextId, LockState> shown = new HashMap<>();
  private ContextMarks marks = ContextMarks.NONE;
  private Work work = Work.NONE;

  public Production(ContextLocks locks, Background background) {
    this.locks = locks;
    this.background = background;
  }

  /// Reads the marks, and sees what has lapsed. For a timer, and after a mark was written.
  public void look() {
    if (!work.running()) {
      work = background.ask(_ -> locks.marks(), this::read, _ -> {});
    }
    lapse();
  }

  private void read(List<ContextMark> now) {
    if (!now.equals(marks.all())) {
      marks = () -> now;
      changed();
    }
  }

  private void lapse() {
    boolean different = false;
    for (Map.Entry<ContextId, LockState> one : shown.entrySet()) {
      LockState now = standing(one.getKey()).state();
      different |= one.setValue(now) != now;
    }
    if (different) {
      changed();
    }
  }

  private void changed() {
    changes.set(changes.get() + 1);
  }

  /// Another number after each change: a mark, an unlock, a lapse.
  public ReadOnlyIntegerProperty changesProperty() {
    return changes.getReadOnlyProperty();
  }

  /// What is declared about the contexts of that name.
  public ContextMark mark(String context) {
    return marks.of(context);
  }

  /// How a context stands; from now on its lapse is a change.
  public LockStanding standing(ContextId context) {
    LockStanding now = locks.standing(mark(context.name()), context);
    shown.putIfAbsent(context, now.state());
    return now;
  }

  /// @throws dev.backstay.model.InvalidInputException if that is not its name
  public void unlock(ContextId context, String typed) {
    var _ = standing(context);
    locks.unlock(context, typed);
    lapse();
  }

  public void lock(ContextId context) {
    locks.lock(context);
    lapse();
  }
}
