package dev.backstay.sandbox.control;

import dev.backstay.sandbox.api.Quotas;
import dev.backstay.sandbox.state.Json;
import tools.jackson.databind.node.ObjectNode;

/// Counts what quotas limit.
final class QuotaStatus implements Controller {

  private final World world;
  private final Quotas quotas;

  QuotaStatus(World world) {
    this.world = world;
    this.quotas = new Quotas(world.operations().state(), world.operations().resources());
  }

  @Override
  public void run() {
    for (ObjectNode quota : world.list("resourcequotas")) {
      world.edit(
          "resourcequotas",
          quota,
          next -> {
            ObjectNode status = Json.child(next, "status");
            status.set("hard", Json.at(next, "spec", "hard").deepCopy());
            ObjectNode used = status.putObject("used");
            quotas.status(next).forEach(used::put);
          });
    }
  }
}
