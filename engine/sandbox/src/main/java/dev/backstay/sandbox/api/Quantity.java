package dev.backstay.sandbox.api;

import java.math.BigDecimal;
import java.util.Map;

/// Kubernetes quantities: `100m`, `1Gi`, `2e3`.
public final class Quantity {

  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("n", new BigDecimal("1e-9")),
          Map.entry("u", new BigDecimal("1e-6")),
          Map.entry("m", new BigDecimal("1e-3")),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("P", new BigDecimal("1e15")),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)));

  private Quantity() {}

  /// In thousandths, so that `100m` of a core is 100; 0 for what is no quantity.
  public static long milli(String text) {
    return value(text).movePointRight(3).longValue();
  }

  /// In units; 0 for what is no quantity.
  public static long bytes(String text) {
    return value(text).longValue();
  }

  private static BigDecimal value(String text) {
    int end = text.length();
    while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
      end--;
    }
    BigDecimal unit = end == text.length() ? BigDecimal.ONE : UNITS.get(text.substring(end));
    try {
      return unit == null
          ? new BigDecimal(text)
          : new BigDecimal(text.substring(0, end)).multiply(unit);
    } catch (NumberFormatException e) {
      return BigDecimal.ZERO;
    }
  }
}
