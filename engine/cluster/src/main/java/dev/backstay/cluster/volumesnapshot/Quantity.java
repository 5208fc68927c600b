package dev.backstay.cluster.volumesnapshot;

import java.math.BigDecimal;

/// Kubernetes' notation of amounts.
public final class Quantity {

  private Quantity() {}

  /// Bytes of `10Gi`, `1.5G`, `1073741824`; 0 if it is none.
  public static long bytes(String text) {
    try {
      return io.kubernetes.client.custom.Quantity.fromString(text).getNumber().longValue();
    } catch (RuntimeException e) {
      return BigDecimal.ZERO.longValue();
    }
  }
}
