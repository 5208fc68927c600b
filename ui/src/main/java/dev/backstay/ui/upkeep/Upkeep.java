package dev.backstay.ui.upkeep;

import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.workflow.repository.RepositorySession;

/// The ways to keep one repository small. For the FX thread.
public final class Upkeep {

  private final Desk desk;
  private final Dialogs dialogs;
  private final RepositorySession session;
  private final String name;

  /// @param name what the repository is called
  public Upkeep(Desk desk, Dialogs dialogs, RepositorySession session, String name) {
    this.desk = desk;
    this.dialogs = dialogs;
    this.session = session;
    this.name = name;
  }

  /// Shows which snapshots rules keep, and forgets the others.
  public void forget() {
    new ForgetDialog(desk, dialogs, session, Texts.of("forget.title", name), this::prune).show();
  }

  /// Shows what a prune would give back, and prunes.
  public void prune() {
    new PruneDialog(desk, dialogs, session, Texts.of("prune.title", name)).show();
  }
}
