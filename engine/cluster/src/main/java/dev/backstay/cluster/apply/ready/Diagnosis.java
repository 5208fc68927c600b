package dev.backstay.cluster.apply.ready;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Why an object is not ready: what its pods and events say. What may not be read is left out.
final class Diagnosis {

  private static final ResourceType POD = ResourceType.core("pods", "Pod");
  private static final ResourceType EVENT = ResourceType.core("events", "Event");
  private static final int MOST_REASONS = 6;
  private static final int LONGEST = 300;

  private final ClusterConnection connection;
  private final String namespace;

  Diagnosis(ClusterConnection connection, String namespace) {
    this.connection = connection;
    this.namespace = namespace;
  }

  List<String> reasons(ManifestKey key, ObjectNode object) {
    Set<String> reasons = new LinkedHashSet<>();
    try {
      List<ObjectNode> pods = key.kind().equals("Pod") ? List.of(object) : pods(object);
      pods.forEach(pod -> states(pod, reasons));
      conditions(object, reasons);
      events(ObjectFields.name(object), reasons);
      pods.forEach(pod -> events(ObjectFields.name(pod), reasons));
    } catch (CancelledException e) {
      throw e;
    } catch (EngineException e) {
      reasons.add("more could not be found out: " + e.getMessage());
    }
    return reasons.stream().limit(MOST_REASONS).map(Diagnosis::cut).toList();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private List<ObjectNode> pods(ObjectNode object) {
    JsonNode labels = object.path("spec").path("selector");
    JsonNode match = labels.has("matchLabels") ? labels.path("matchLabels") : labels;
    String selector =
        match.properties().stream()
            .filter(e -> e.getValue().isString())
            .map(e -> e.getKey() + "=" + e.getValue().stringValue())
            .collect(Collectors.joining(","));
    List<ObjectNode> pods = new ArrayList<>();
    if (!selector.isEmpty() && !ObjectFields.text(object, "kind").equals("PersistentVolumeClaim")) {
      Iterator<ObjectNode> all = connection.list(POD.path(namespace), Query.labels(selector));
      while (all.hasNext() && pods.size() < 20) {
        pods.add(all.next());
      }
    }
    return pods;
  }

  private static void states(ObjectNode pod, Set<String> reasons) {
    String name = "pod " + ObjectFields.name(pod) + ": ";
    for (ObjectNode condition : ObjectFields.objects(pod, "status", "conditions")) {
      boolean unscheduled =
          ObjectFields.text(condition, "type").equals("PodScheduled")
              && ObjectFields.text(condition, "status").equals("False");
      if (unscheduled) {
        reasons.add(name + "cannot be scheduled: " + ObjectFields.text(condition, "message"));
      }
    }
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (ObjectNode container : ObjectFields.objects(pod, "status", list)) {
        container(name, container, reasons);
      }
    }
  }

  private static void container(String pod, ObjectNode container, Set<String> reasons) {
    String name = pod + "container " + ObjectFields.text(container, "name") + ": ";
    String waiting = ObjectFields.text(container, "state", "waiting", "reason");
    boolean ordinary = Set.of("", "ContainerCreating", "PodInitializing").contains(waiting);
    if (!ordinary) {
      reasons.add(
          name + waiting + " " + ObjectFields.text(container, "state", "waiting", "message"));
    }
    JsonNode last = container.path("lastState").path("terminated");
    if (last.has("exitCode")) {
      reasons.add(
          name
              + "ended with status "
              + ObjectFields.number(last, 0, "exitCode")
              + " ("
              + ObjectFields.text(last, "reason")
              + "), restarted "
              + ObjectFields.number(container, 0, "restartCount")
              + " times");
    }
  }

  private static void conditions(ObjectNode object, Set<String> reasons) {
    for (ObjectNode condition : ObjectFields.objects(object, "status", "conditions")) {
      String type = ObjectFields.text(condition, "type");
      String status = ObjectFields.text(condition, "status");
      boolean bad =
          (type.equals("ReplicaFailure") && status.equals("True"))
              || (type.equals("Progressing") && status.equals("False"))
              || (type.equals("Failed") && status.equals("True"));
      if (bad) {
        reasons.add(type + ": " + ObjectFields.text(condition, "message"));
      }
    }
  }

  private void events(String name, Set<String> reasons) {
    Query about = Query.fields("involvedObject.name=" + name + ",type=Warning");
    List<String> found = new ArrayList<>();
    Iterator<ObjectNode> events = connection.list(EVENT.path(namespace), about);
    while (events.hasNext()) {
      ObjectNode event = events.next();
      found.add(
          name
              + ": "
              + ObjectFields.text(event, "reason")
              + ": "
              + ObjectFields.text(event, "message"));
    }
    reasons.addAll(found.reversed().stream().limit(3).toList());
  }
}
