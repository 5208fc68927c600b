package dev.backstay.cluster.inventory;

import io.kubernetes.client.custom.Quantity;
import tools.jackson.databind.JsonNode;

/// Kubernetes quantities (`10Gi`) as bytes.
final class Quantities {

  private Quantities() {}

  /// -1 if it is absent or no quantity.
  static long bytes(JsonNode quantity) {
    String text = quantity.asString("");
    if (text.isEmpty()) {
      return -1;
    }
    try {
      return Quantity.fromString(text).getNumber().longValue();
    } catch (RuntimeException e) {
      return -1; // client-java throws several kinds
    }
  }
}
