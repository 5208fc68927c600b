package dev.backstay.repository.check;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.check.CheckFinding.Affected;
import dev.backstay.repository.check.CheckFinding.Severity;
import java.util.ArrayList;
import java.util.List;

/// What was found so far, and which blobs are lost by it. Safe for use by many threads.
final class Findings {

  private final List<Finding> all = new ArrayList<>();
  private final BlobTable lost = new BlobTable();
  private final List<Finding> causes = new ArrayList<>();

  /// One finding, while it is not known yet what it affects.
  final class Finding {
    private final Severity severity;
    private final String code;
    private final String file;
    private final String message;
    private final String remedy;
    private final List<Affected> affected = new ArrayList<>();
    private long more;

    private Finding(Severity severity, String code, String file, String message, String remedy) {
      this.severity = severity;
      this.code = code;
      this.file = file;
      this.message = message;
      this.remedy = remedy;
    }

    /// A blob that cannot be read because of it; the first cause counts.
    void loses(BlobKind kind, BlobId id) {
      synchronized (Findings.this) {
        if (lost.add(kind, id)) {
          causes.add(this);
        }
      }
    }

    void affects(String snapshot, String path) {
      synchronized (Findings.this) {
        Affected item = new Affected(snapshot, path);
        if (affected.size() < CheckFinding.SHOWN && !affected.contains(item)) {
          affected.add(item);
        } else if (!affected.contains(item)) {
          more++;
        }
      }
    }

    private CheckFinding done() {
      return new CheckFinding(severity, code, file, message, List.copyOf(affected), more, remedy);
    }
  }

  Finding error(String code, Object file, String message, String remedy) {
    return add(Severity.ERROR, code, file, message, remedy);
  }

  void hint(String code, Object file, String message, String remedy) {
    add(Severity.HINT, code, file, message, remedy);
  }

  private synchronized Finding add(
      Severity severity, String code, Object file, String message, String remedy) {
    Finding finding = new Finding(severity, code, String.valueOf(file), message, remedy);
    all.add(finding);
    return finding;
  }

  synchronized boolean anyLost() {
    return lost.size() > 0;
  }

  synchronized boolean isLost(BlobKind kind, BlobId id) {
    return lost.contains(kind, id);
  }

  /// Why a lost blob is lost.
  synchronized Finding cause(BlobKind kind, BlobId id) {
    return causes.get(lost.find(kind, id));
  }

  synchronized List<CheckFinding> done() {
    return all.stream().map(Finding::done).toList();
  }
}
