package dev.backstay.app.output;

import java.util.function.Function;

/// A column of a table.
///
/// @param title its head, in capitals as kubectl writes it
/// @param wideOnly whether only `-o wide` shows it
/// @param right whether it is aligned to the right: amounts
/// @param value its text; empty is shown as nothing
public record Column<T>(String title, boolean wideOnly, boolean right, Function<T, String> value) {

  public static <T> Column<T> of(String title, Function<T, String> value) {
    return new Column<>(title, false, false, value);
  }

  public static <T> Column<T> amount(String title, Function<T, String> value) {
    return new Column<>(title, false, true, value);
  }

  public static <T> Column<T> wide(String title, Function<T, String> value) {
    return new Column<>(title, true, false, value);
  }
}
