package dev.backstay.sandbox.control;

import dev.backstay.sandbox.api.DeleteOptions;
import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import tools.jackson.databind.node.ObjectNode;

/// Gives every namespace its service account and the cluster's certificate, and empties those that
/// are being deleted.
final class Namespaces implements Controller {

  private final World world;

  Namespaces(World world) {
    this.world = world;
  }

  @Override
  public void run() throws Refusal {
    for (ObjectNode namespace : world.list("namespaces")) {
      if (Json.deleting(namespace)) {
        empty(namespace);
      } else {
        furnish(Json.name(namespace));
      }
    }
  }

  private void furnish(String namespace) throws Refusal {
    if (world.find("serviceaccounts", namespace, "default").isEmpty()) {
      ObjectNode account = Json.object();
      Json.meta(account).put("name", "default");
      world.create("serviceaccounts", namespace, account);
    }
    if (world.find("configmaps", namespace, "kube-root-ca.crt").isEmpty()) {
      ObjectNode certificate = Json.object();
      Json.meta(certificate).put("name", "kube-root-ca.crt");
      certificate.putObject("data").put("ca.crt", "");
      world.create("configmaps", namespace, certificate);
    }
  }

  private void empty(ObjectNode namespace) {
    boolean left = false;
    for (Resource resource : world.operations().resources().all()) {
      if (resource.namespaced() && resource.verbs().contains("delete")) {
        left |= empty(resource, Json.name(namespace));
      }
    }
    if (!left) {
      world.edit("namespaces", namespace, n -> Json.child(n, "spec").remove("finalizers"));
    }
  }

  private boolean empty(Resource resource, String namespace) {
    boolean left = false;
    for (ObjectNode object : world.operations().state().list(resource, namespace)) {
      left = true;
      if (!Json.deleting(object)) {
        world.deleteWith(resource.storage(), object, DeleteOptions.BACKGROUND);
      }
    }
    return left;
  }
}
