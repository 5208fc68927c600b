package dev.backstay.repository.check;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.check.Findings.Finding;
import org.jspecify.annotations.Nullable;

/// Pieces of files that are in no index file: some are findings of their own, the others are one
/// together. Safe for use by many threads.
final class MissingBlobs {

  private static final String CODE = "repository.blob-missing";

  private final Findings findings;
  private int named;
  private long others;
  private @Nullable Finding together;

  MissingBlobs(Findings findings) {
    this.findings = findings;
  }

  synchronized void add(BlobId id) {
    if (findings.isLost(BlobKind.DATA, id)) {
      return;
    }
    if (named < Findings.NAMED) {
      named++;
      findings
          .error(CODE, "data blob " + id, "is in no index file", Remedies.IN_NO_INDEX)
          .loses(BlobKind.DATA, id);
      return;
    }
    if (together == null) {
      together = findings.error(CODE, "index", "", Remedies.IN_NO_INDEX);
    }
    together.loses(BlobKind.DATA, id);
    others++;
    together.say("lacks " + others + " further pieces of files");
  }
}
