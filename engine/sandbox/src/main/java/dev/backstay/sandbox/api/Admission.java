package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import dev.backstay.sandbox.state.State;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What the API server checks that depends on other objects: the namespace, the service account,
/// LimitRanges, Pod Security and quotas.
final class Admission {

  private final State state;
  private final Resources resources;
  private final PodAdmission pods;
  private final Quotas quotas;

  Admission(State state, Resources resources) {
    this.state = state;
    this.resources = resources;
    this.pods = new PodAdmission(state, resources);
    this.quotas = new Quotas(state, resources);
  }

  /// Nothing new goes into a namespace that is not there or is being deleted.
  void namespace(Resource resource, String namespace) throws Refusal {
    if (namespace.isEmpty()) {
      return;
    }
    Resource namespaces = resources.get("namespaces");
    Optional<ObjectNode> found = state.get(namespaces, "", namespace);
    if (found.isEmpty()) {
      throw Refusal.notFound(namespaces, namespace);
    }
    if (Json.deleting(found.get())) {
      String why = "because it is being terminated";
      throw Refusal.forbidden(
              resource, "", "unable to create new content in namespace " + namespace + " " + why)
          .cause(
              "NamespaceTerminating",
              "namespace " + namespace + " is being terminated",
              "metadata.namespace");
    }
  }

  void create(Resource resource, ObjectNode object, WriteOptions options) throws Refusal {
    if (resource.storage().equals("pods")) {
      pods.create(resource, object);
    }
    quotas.check(resource, object);
  }

  void update(Resource resource, ObjectNode old, ObjectNode next) throws Refusal {
    if (resource.storage().equals("persistentvolumeclaims")) {
      Claims.checkExpansion(state, resources, old, next);
    }
  }
}
