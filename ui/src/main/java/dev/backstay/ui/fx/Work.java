package dev.backstay.ui.fx;

import dev.backstay.model.CancelToken;

/// One question on its way. Used on the FX thread only, but for its token.
public final class Work {

  /// Nothing on its way.
  public static final Work NONE = ended();

  private final CancelToken token = new CancelToken();
  private boolean dropped;
  private boolean over;

  private static Work ended() {
    Work work = new Work();
    work.over = true;
    return work;
  }

  CancelToken token() {
    return token;
  }

  /// Nobody waits for the answer any more: it is stopped if it can be, and never delivered.
  public void drop() {
    if (!over && !dropped) {
      dropped = true;
      Thread.startVirtualThread(token::cancel);
    }
  }

  public boolean running() {
    return !over && !dropped;
  }

  boolean dropped() {
    return dropped;
  }

  void end() {
    over = true;
  }
}
