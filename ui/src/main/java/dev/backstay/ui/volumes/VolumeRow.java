package dev.backstay.ui.volumes;

import dev.backstay.model.PvcInfo;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.namespace.PointFacts;
import dev.backstay.ui.namespace.Protection;
import dev.backstay.ui.namespace.Standing;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A PVC, and how well its data is protected.
///
/// @param newest the newest restore point that holds its data, null if none does
public record VolumeRow(PvcInfo pvc, Protection protection, @Nullable RestorePoint newest) {

  static VolumeRow of(PvcInfo pvc, Standing standing) {
    return new VolumeRow(pvc, standing.of(pvc), standing.newest(pvc));
  }

  Instant last() {
    return newest == null ? Instant.MIN : newest.time();
  }

  /// Bytes of its files at its newest restore point, -1 if there is none.
  long used() {
    return newest == null ? -1 : PointFacts.bytes(newest, pvc.name());
  }

  boolean matches(String wanted) {
    String words =
        String.join(
            " ",
            pvc.namespace(),
            pvc.name(),
            pvc.storageClass(),
            String.join(" ", pvc.accessModes()),
            String.join(" ", pvc.pods()),
            Texts.of(protection.key()));
    return words.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
