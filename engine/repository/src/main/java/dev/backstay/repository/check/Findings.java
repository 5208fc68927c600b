package dev.backstay.repository.check;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.check.CheckFinding.Affected;
import dev.backstay.repository.check.CheckFinding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was found so far, and which blobs are lost by it. Safe for use by many threads.
final class Findings {

  /// So many of a kind that lose nothing are listed one by one; of the others only the number is.
  static final int NAMED = 200;

  private final List<Finding> all = new ArrayList<>();
  private final BlobTable lost = new BlobTable();
  private final List<Finding> causes = new ArrayList<>();
  private final Map<String, Integer> hints = new LinkedHashMap<>();

  private static final Comparator<Affected> BY_NAME =
      Comparator.comparing(Affected::snapshot).thenComparing(Affected::path);

  /// One finding, while it is not known yet what it affects.
  final class Finding {
    private final Severity severity;
    private final String code;
    private final String file;
    private final String remedy;
    private final List<Affected> affected = new ArrayList<>();
    private String message;
    private long more;

    private Finding(Severity severity, String code, String file, String message, String remedy) {
      this.severity = severity;
      this.code = code;
      this.file = file;
      this.message = message;
      this.remedy = remedy;
    }

    /// Another message, for what grows while it is looked at.
    void say(String other) {
      synchronized (Findings.this) {
        message = other;
      }
    }

    /// A blob that cannot be read because of it; the first cause counts.
    void loses(BlobKind kind, BlobId id) {
      synchronized (Findings.this) {
        if (lost.add(kind, id)) {
          causes.add(this);
        }
      }
    }

    /// To be called once for each file.
    void affects(String snapshot, String path) {
      synchronized (Findings.this) {
        if (affected.size() < CheckFinding.SHOWN) {
          affected.add(new Affected(snapshot, path));
        } else {
          more++;
        }
      }
    }

    private CheckFinding done() {
      List<Affected> sorted = affected.stream().sorted(BY_NAME).toList();
      return new CheckFinding(severity, code, file, message, sorted, more, remedy);
    }
  }

  Finding error(String code, Object file, String message, String remedy) {
    return add(Severity.ERROR, code, file, message, remedy);
  }

  synchronized void hint(String code, Object file, String message, String remedy) {
    if (hints.merge(code, 1, Integer::sum) <= NAMED) {
      add(Severity.HINT, code, file, message, remedy);
    }
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
    hints.forEach((code, count) -> {
      if (count > NAMED) {
        String more = "has " + (count - NAMED) + " further ones like these";
        add(Severity.HINT, code, "repository", more, "");
      }
    });
    return all.stream().map(Finding::done).toList();
  }
}
