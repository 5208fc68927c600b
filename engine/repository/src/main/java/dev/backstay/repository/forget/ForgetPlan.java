package dev.backstay.repository.forget;

import dev.backstay.repository.snapshot.Snapshot;
import java.util.List;

/// What a forget would do, snapshot by snapshot. Nothing is done yet.
///
/// @param groups those that the request covers, by host and paths
public record ForgetPlan(List<Group> groups) {

  public ForgetPlan {
    groups = List.copyOf(groups);
  }

  /// @param decisions newest first
  public record Group(ForgetGrouping.Key key, List<Decision> decisions) {
    public Group {
      decisions = List.copyOf(decisions);
    }

    public List<Snapshot> kept() {
      return decisions.stream().filter(Decision::kept).map(Decision::snapshot).toList();
    }

    public List<Snapshot> removed() {
      return decisions.stream().filter(d -> !d.kept()).map(Decision::snapshot).toList();
    }
  }

  /// @param rules why it is kept, in restic's words; empty if it is not
  public record Decision(Snapshot snapshot, boolean kept, List<String> rules) {
    public Decision {
      rules = List.copyOf(rules);
    }
  }

  /// Newest first within each group.
  public List<Snapshot> removed() {
    return groups.stream().flatMap(group -> group.removed().stream()).toList();
  }

  public List<Snapshot> kept() {
    return groups.stream().flatMap(group -> group.kept().stream()).toList();
  }
}
