package dev.backstay.sandbox.control;

import dev.backstay.sandbox.state.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Jobs: pods until enough have succeeded. CronJobs are kept, and never fire.
final class Jobs implements Controller {

  private static final String ALL = "jobs.batch";

  private final World world;

  Jobs(World world) {
    this.world = world;
  }

  @Override
  public void run() {
    for (ObjectNode job : world.list(ALL)) {
      boolean ended =
          Json.has(job, "status", "completionTime")
              || !Json.at(job, "status", "conditions").isEmpty();
      if (!Json.deleting(job) && !ended) {
        look(job);
      }
    }
  }

  private void look(ObjectNode job) {
    List<ObjectNode> pods =
        world.list("pods", Json.namespace(job)).stream()
            .filter(pod -> World.isOwnedBy(pod, job))
            .toList();
    long succeeded = count(pods, "Succeeded");
    long failed = count(pods, "Failed");
    long active = pods.size() - succeeded - failed;
    long wanted = Json.number(job, 1, "spec", "completions");
    boolean dead = failed > Json.number(job, 6, "spec", "backoffLimit");
    if (active == 0 && succeeded < wanted && !dead && !Json.flag(job, "spec", "suspend")) {
      String name = Json.name(job) + "-" + world.operations().randomText(5);
      world.tryCreate("pods", Json.namespace(job), PodTemplates.pod(job, name), job);
    }
    world.edit(
        ALL,
        job,
        next -> {
          ObjectNode status = Json.child(next, "status");
          Json.byDefault(status, "startTime", world.operations().now());
          status.put("active", active).put("succeeded", succeeded).put("failed", failed);
          if (succeeded >= wanted) {
            status.put("completionTime", world.operations().now());
            condition(status, "Complete");
          } else if (dead) {
            condition(status, "Failed");
          }
        });
  }

  private void condition(ObjectNode status, String type) {
    ArrayNode conditions = status.putArray("conditions");
    ObjectNode condition = conditions.addObject().put("type", type).put("status", "True");
    condition.put("lastTransitionTime", world.operations().now());
  }

  private static long count(List<ObjectNode> pods, String phase) {
    return pods.stream().filter(pod -> Json.text(pod, "status", "phase").equals(phase)).count();
  }
}
