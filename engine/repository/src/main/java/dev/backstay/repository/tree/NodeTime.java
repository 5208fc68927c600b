package dev.backstay.repository.tree;

import dev.backstay.model.FileEntry.FileTime;
import java.time.Instant;

/// A moment as a tree holds it.
///
/// @param seconds since 1970, may be negative
/// @param nanos 0 to 999,999,999
/// @param offsetMinutes of the zone the writer was in; we always write 0
public record NodeTime(long seconds, int nanos, int offsetMinutes) {

  public static final NodeTime EPOCH = new NodeTime(0, 0, 0);

  public static NodeTime of(FileTime time) {
    return new NodeTime(time.seconds(), time.nanos(), 0);
  }

  public static NodeTime of(Instant time) {
    return new NodeTime(time.getEpochSecond(), time.getNano(), 0);
  }

  public FileTime fileTime() {
    return new FileTime(seconds, nanos);
  }

  /// Whether it is the same moment, in whatever zone.
  public boolean same(FileTime time) {
    return seconds == time.seconds() && nanos == time.nanos();
  }
}
