package dev.backstay.ui.upkeep;

/// restic's repairs, in the order in which they help.
enum Repair {
  INDEX("index"),
  PACKS("packs"),
  SNAPSHOTS("snapshots");

  private final String word;

  Repair(String word) {
    this.word = word;
  }

  /// As ids and the keys of texts have it.
  String word() {
    return word;
  }
}
