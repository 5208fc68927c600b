package dev.backstay.repository.forget;

import dev.backstay.model.InvalidInputException;
import dev.backstay.repository.snapshot.Snapshot;
import java.util.List;

/// What the snapshots of a group have in common, as restic's `--group-by`.
public record ForgetGrouping(boolean host, boolean paths, boolean tags) {

  /// restic's default.
  public static final ForgetGrouping HOST_AND_PATHS = new ForgetGrouping(true, true, false);

  /// @param text `host,paths,tags` or fewer of them; empty for one group of all
  public static ForgetGrouping parse(String text) {
    boolean host = false;
    boolean paths = false;
    boolean tags = false;
    for (String word : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      switch (word.strip()) {
        case "host", "hosts" -> host = true;
        case "path", "paths" -> paths = true;
        case "tag", "tags" -> tags = true;
        case "" -> {}
        default ->
            throw new InvalidInputException(
                "forget.bad-grouping",
                "'" + word + "' is nothing to group by",
                "group by host, paths and tags");
      }
    }
    return new ForgetGrouping(host, paths, tags);
  }

  /// What a group has in common; empty where it is not grouped by that.
  public record Key(String host, List<String> paths, List<String> tags) {}

  Key key(Snapshot snapshot) {
    return new Key(
        host ? snapshot.hostname() : "",
        paths ? snapshot.paths().stream().sorted().toList() : List.of(),
        tags ? snapshot.tags().stream().sorted().toList() : List.of());
  }
}
