package dev.backstay.repository.forget;

import dev.backstay.repository.snapshot.Snapshot;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// A snapshot with its writer's clock: days begin where it was written, as restic counts them.
///
/// @param offsetMinutes how far its writer's clock is ahead of UTC
public record DatedSnapshot(Snapshot snapshot, int offsetMinutes) {

  OffsetDateTime time() {
    return snapshot.time().atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
  }

  boolean hasTags(List<String> wanted) {
    for (String tag : wanted) {
      if (tag.isEmpty() && snapshot.tags().isEmpty()) {
        return true;
      }
      if (!snapshot.tags().contains(tag)) {
        return false;
      }
    }
    return true;
  }

  boolean pinned() {
    return snapshot.tags().contains(ForgetPolicy.PINNED);
  }

  boolean partial() {
    return snapshot.tags().contains(ForgetPolicy.PARTIAL);
  }
}
