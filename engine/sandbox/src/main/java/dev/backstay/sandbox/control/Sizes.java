package dev.backstay.sandbox.control;

import dev.backstay.sandbox.api.Quantity;
import dev.backstay.sandbox.state.Json;
import tools.jackson.databind.node.ObjectNode;

/// Bytes of volumes and claims.
final class Sizes {

  private Sizes() {}

  static long of(ObjectNode volume) {
    return Quantity.bytes(Json.text(volume, "spec", "capacity", "storage"));
  }

  static long wanted(ObjectNode claim) {
    return Quantity.bytes(Json.text(claim, "spec", "resources", "requests", "storage"));
  }
}
