package dev.backstay.repository.prune;

import java.util.List;

/// The steps of setting packs aside. Each says why it may not come earlier.
public enum AsideStep {
  /// Write down what is set aside, with its index entries: whoever finds an entry gone can bring it
  /// back.
  WRITE_CANDIDATES,
  /// List the snapshots once more. After the candidates: a snapshot that this listing misses is
  /// written later, and its writer then sees the candidates.
  SPARE_NEW,
  /// Rewrite the index. After the last look at snapshots.
  REWRITE_INDEX,
  /// List the locks. After the index: whoever locks later loads an index without the candidates,
  /// and whoever locked before is on the list. The first version of this design listed them before
  /// the index was rewritten; a writer that locked in between was waited for by nobody.
  RECORD_LOCKS;

  public static final List<AsideStep> ORDER = List.of(values());
}
