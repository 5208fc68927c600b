package dev.backstay.ui.part;

import dev.backstay.workflow.lock.ContextId;
import javafx.event.Event;
import javafx.event.EventType;
import org.jspecify.annotations.Nullable;

/// Somebody pressed *Unlock…* beside what a locked context forbids. It goes up to the window, which
/// asks for the name.
public final class UnlockWish extends Event {

  public static final EventType<UnlockWish> TYPE = new EventType<>(Event.ANY, "UNLOCK_WISH");

  private static final long serialVersionUID = 1L;

  private final transient @Nullable ContextId context;

  /// @param context which one, null for the one in view
  public UnlockWish(@Nullable ContextId context) {
    super(TYPE);
    this.context = context;
  }

  public @Nullable ContextId context() {
    return context;
  }
}
