package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import java.util.HashSet;
import java.util.Set;

/// The address range of Services.
final class Addresses {

  private Addresses() {}

  static String free(Operations world) {
    Set<String> taken = new HashSet<>();
    world.list("services", "").forEach(s -> taken.add(Json.text(s, "spec", "clusterIP")));
    for (int i = 2; ; i++) {
      String address = "10.96." + i / 256 + "." + i % 256;
      if (!taken.contains(address)) {
        return address;
      }
    }
  }
}
