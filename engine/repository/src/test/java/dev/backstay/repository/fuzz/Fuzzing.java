package dev.backstay.repository.fuzz;

import dev.backstay.model.DamagedException;
import dev.backstay.model.UnsupportedException;

/// What parsers may do with bytes that nobody wrote: say that they are damaged or too new, and
/// nothing else.
public final class Fuzzing {

  private Fuzzing() {}

  /// Something that is to be parsed.
  @FunctionalInterface
  public interface Parsing {
    void run();
  }

  public static void refusesOrReads(Parsing parsing) {
    try {
      parsing.run();
    } catch (DamagedException | UnsupportedException e) {
      if (e.remedy().isEmpty() || e.code().isEmpty()) {
        throw new AssertionError("an error without a remedy", e);
      }
    }
  }
}
