package dev.backstay.repository.store;

import dev.backstay.model.DamagedException;

/// The one sentence about a file of the store that does not hold what it should.
public final class Damage {

  private Damage() {}

  /// @param file the file, as the store names it
  /// @param how what is wrong with it, as the rest of a sentence
  public static DamagedException of(String code, Object file, String how) {
    return new DamagedException(
        code,
        "the file " + file + " of the repository " + how,
        "run 'repo check' to see what is affected; restore the file from a copy of the repository");
  }
}
