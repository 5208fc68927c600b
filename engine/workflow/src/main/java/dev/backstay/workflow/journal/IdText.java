package dev.backstay.workflow.journal;

import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Ids that are valid as label values and in the names of objects.
public final class IdText {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 12;

  private IdText() {}

  /// 12 lower-case letters and digits.
  public static String random(RandomGenerator random) {
    return random
        .ints(LENGTH, 0, LETTERS.length())
        .mapToObj(i -> LETTERS.substring(i, i + 1))
        .collect(Collectors.joining());
  }
}
