package dev.backstay.ui.overview;

import dev.backstay.model.RestorePoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A namespace that has restore points.
///
/// @param newest its newest one
/// @param count how many it has
/// @param days whether there is one of each of the last 30 days, the oldest day first
public record Watched(RestorePoint newest, int count, List<Boolean> days) {

  public static final int DAYS = 30;

  /// How it stands.
  public enum State {
    GOOD,
    OVERDUE,
    PARTIAL
  }

  private static final Duration OVERDUE = Duration.ofDays(7);

  /// @param points newest first
  static List<Watched> of(List<RestorePoint> points, Instant now) {
    record Key(String cluster, String namespace) {}
    Map<Key, List<RestorePoint>> groups = new LinkedHashMap<>();
    points.forEach(p ->
        groups
            .computeIfAbsent(
                new Key(p.clusterId(), p.namespace()), _ -> new java.util.ArrayList<>())
            .add(p));
    return groups.values().stream()
        .map(group -> new Watched(group.getFirst(), group.size(), days(group, now)))
        .sorted(Comparator.comparing((Watched w) -> w.state(now)).reversed())
        .toList();
  }

  private static List<Boolean> days(List<RestorePoint> points, Instant now) {
    Boolean[] days = new Boolean[DAYS];
    java.util.Arrays.fill(days, false);
    for (RestorePoint point : points) {
      long ago = Duration.between(point.time(), now).toDays();
      if (ago >= 0 && ago < DAYS) {
        days[DAYS - 1 - (int) ago] = true;
      }
    }
    return List.of(days);
  }

  State state(Instant now) {
    if (newest.partial()) {
      return State.PARTIAL;
    }
    return Duration.between(newest.time(), now).compareTo(OVERDUE) > 0 ? State.OVERDUE : State.GOOD;
  }
}
