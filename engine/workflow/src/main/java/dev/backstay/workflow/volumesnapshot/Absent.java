package dev.backstay.workflow.volumesnapshot;

import dev.backstay.model.NotFoundException;
import java.util.List;

/// VolumeSnapshots that were named and do not exist.
final class Absent {

  private Absent() {}

  static NotFoundException of(List<String> names, String namespace) {
    return new NotFoundException(
        "volumesnapshot.no-such-volumesnapshot",
        "there is no VolumeSnapshot " + String.join(", ", names) + " in namespace " + namespace,
        "list them with: backstay snapshots -n " + namespace);
  }
}
