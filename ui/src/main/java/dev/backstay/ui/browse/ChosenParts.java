package dev.backstay.ui.browse;

import dev.backstay.model.EngineException;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// What is ticked in the restore points of a namespace, and what that amounts to in the one that is
/// open. Until it is counted it can't be restored, and what counts for nothing never becomes
/// everything. For the FX thread.
public final class ChosenParts {

  /// What is known of the choice.
  public sealed interface Standing {
    /// Nothing is ticked.
    record Nothing() implements Standing {}

    record Counting() implements Standing {}

    record Counted(Selected what) implements Standing {}

    record Failed(EngineException error) implements Standing {}
  }

  private final Desk desk;
  private final BrowseViewModel model;
  private final PathRules rules = new PathRules();
  private final ReadOnlyObjectWrapper<Standing> standing =
      new ReadOnlyObjectWrapper<>(new Standing.Nothing());
  private Work work = Work.NONE;

  /// Which question is the last: a repository that opens late must not answer an older one.
  private int turn;

  ChosenParts(Desk desk, BrowseViewModel model) {
    this.desk = desk;
    this.model = model;
  }

  /// Ticks a path and all below it, or takes it out.
  public void set(String path, boolean chosen) {
    rules.set(path, chosen);
    count();
  }

  public void clear() {
    rules.clear();
    count();
  }

  /// Whether anything is ticked, wherever it may be.
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  public PathRules.Chosen of(String path) {
    return rules.of(path);
  }

  /// Counts again, in the restore point that is open now.
  void count() {
    if (rules.isEmpty()) {
      stop();
      standing.set(new Standing.Nothing());
    } else {
      PathRules counted = rules.copy();
      ask(counted, what -> standing.set(new Standing.Counted(what)));
    }
  }

  private void ask(PathRules asked, Consumer<Selected> then) {
    stop();
    int mine = turn;
    standing.set(new Standing.Counting());
    String snapshot = model.point().id();
    model.withSession(
        session -> {
          if (mine == turn) {
            walk(session, snapshot, asked, then);
          }
        },
        error -> {
          if (mine == turn) {
            failed(error);
          }
        });
  }

  private void walk(
      RepositorySession session, String snapshot, PathRules asked, Consumer<Selected> then) {
    work =
        desk.background()
            .ask(cancel -> Selected.of(session, snapshot, asked, cancel), then, this::failed);
  }

  private void failed(EngineException error) {
    standing.set(new Standing.Failed(error));
  }

  /// To the wizard with what is ticked, else with one path, else with nothing chosen yet.
  ///
  /// @param path what is looked at, null for nothing
  public void restore(@Nullable String path) {
    switch (standing.get()) {
      case Standing.Counted(Selected what) when !what.isEmpty() -> go(what.only());
      case Standing.Nothing _ when path == null -> go(List.of());
      case Standing.Nothing _ -> ask(only(path), what -> go(what.only()));
      case Standing.Counted _, Standing.Counting _, Standing.Failed _ -> {}
    }
  }

  private void go(List<String> only) {
    standing.set(rules.isEmpty() ? new Standing.Nothing() : standing.get());
    desk.navigator()
        .go(
            only.isEmpty()
                ? Place.Restore.nothingYet(model.point())
                : new Place.Restore(model.point(), only));
  }

  /// What is ticked, else one path: what is to be saved.
  PathRules or(String path) {
    return rules.isEmpty() ? only(path) : rules.copy();
  }

  private static PathRules only(String path) {
    PathRules one = new PathRules();
    one.set(path, true);
    return one;
  }

  public ReadOnlyObjectProperty<Standing> standingProperty() {
    return standing.getReadOnlyProperty();
  }

  void stop() {
    turn++;
    work.drop();
  }
}
