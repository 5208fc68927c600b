package dev.backstay.workflow.journal;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the entries of a journal amount to. Guarded by its owner.
final class JournalState {

  private final Entry.Begun begun;
  private final Set<String> leftovers = new LinkedHashSet<>();
  private final Map<String, String> notes = new TreeMap<>();
  private JournalOwner owner;
  private Instant last;
  private @Nullable String lastStep;
  private @Nullable JournalEnd end;

  JournalState(Entry.Begun begun) {
    this.begun = begun;
    this.owner = begun.owner();
    this.last = begun.at();
  }

  void apply(Entry entry) {
    last = entry.at();
    switch (entry) {
      case Entry.Begun _ -> {}
      case Entry.TakenUp e -> {
        owner = e.owner();
        end = null;
      }
      case Entry.Step e -> lastStep = e.name();
      case Entry.Creating e -> {
        // the newest creation of a path decides its place
        leftovers.remove(e.path());
        leftovers.add(e.path());
      }
      case Entry.Removed e -> leftovers.remove(e.path());
      case Entry.Note e -> notes.put(e.key(), e.value());
      case Entry.Ended e -> end = e.end();
    }
  }

  JournalView view(boolean alive) {
    return new JournalView(
        begun.job(),
        begun.spec(),
        owner,
        begun.at(),
        last,
        lastStep,
        List.copyOf(leftovers),
        Map.copyOf(notes),
        end,
        alive);
  }
}
