package dev.backstay.repository.check;

import dev.backstay.repository.check.CheckFinding.Severity;
import java.util.ArrayList;
import java.util.List;

/// What a check looked at and found.
///
/// @param snapshots how many snapshots were walked
/// @param trees how many different trees
/// @param blobs how many blobs the index knows
/// @param packs how many packs the store holds
/// @param bytesRead bytes of packs that were read and verified
/// @param findings in the order they were found
public record CheckReport(
    long snapshots,
    long trees,
    long blobs,
    long packs,
    long bytesRead,
    List<CheckFinding> findings) {

  /// The same, made without protection: somebody may have deleted files meanwhile.
  ///
  /// @param why what became of the lock
  public CheckReport unprotected(String why) {
    List<CheckFinding> more = new ArrayList<>(findings);
    more.add(
        new CheckFinding(
            Severity.HINT,
            "repository.lock-lost",
            "locks",
            "did not protect the check to its end: " + why,
            List.of(),
            0,
            "check again if it found damage: files may have been removed while it looked"));
    return new CheckReport(snapshots, trees, blobs, packs, bytesRead, List.copyOf(more));
  }

  /// Whether everything that the snapshots hold can be restored, as far as was looked.
  public boolean sound() {
    return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
  }
}
