package dev.backstay.sandbox.control;

import tools.jackson.databind.node.ObjectNode;

/// Counts in a status; zero is not written, except for the total.
final class Replicas {

  private Replicas() {}

  static void put(ObjectNode status, long all, long ready) {
    status.put("replicas", all);
    for (String name : new String[] {"readyReplicas", "availableReplicas"}) {
      if (ready > 0) {
        status.put(name, ready);
      } else {
        status.remove(name);
      }
    }
  }
}
