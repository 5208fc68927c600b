package dev.backstay.sandbox.http;

import dev.backstay.sandbox.access.Access;
import dev.backstay.sandbox.access.Attributes;
import dev.backstay.sandbox.access.Tokens;
import dev.backstay.sandbox.access.User;
import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Questions about users: who am I, may I, what may I.
public final class Reviews {

  private final Access access;
  private final Tokens tokens;

  public Reviews(Access access, Tokens tokens) {
    this.access = access;
    this.tokens = tokens;
  }

  boolean takes(Call call) {
    return call.resource().plural().endsWith("reviews") && call.verb().equals("create");
  }

  ObjectNode answer(Call call) throws Refusal {
    ObjectNode review = Json.parseObject(call.body());
    review.put("kind", call.resource().kind()).put("apiVersion", call.resource().apiVersion());
    Json.meta(review);
    ObjectNode status = review.putObject("status");
    switch (call.resource().kind()) {
      case "SelfSubjectReview" -> describe(call.user(), status.putObject("userInfo"));
      case "TokenReview" -> token(review, status);
      case "SelfSubjectRulesReview" -> rules(call.user(), review, status);
      case "SelfSubjectAccessReview" -> decide(call.user(), review, status);
      default -> decide(subject(review), review, status);
    }
    return review;
  }

  private void decide(User user, ObjectNode review, ObjectNode status) {
    JsonNode path = Json.at(review, "spec", "nonResourceAttributes");
    boolean allowed =
        path.isObject()
            ? access.allowsPath(user, Json.text(path, "verb"), Json.text(path, "path"))
            : access.allows(user, attributes(Json.at(review, "spec", "resourceAttributes")));
    status.put("allowed", allowed);
  }

  private static Attributes attributes(JsonNode asked) {
    String subresource = Json.text(asked, "subresource");
    String resource = Json.text(asked, "resource");
    return new Attributes(
        Json.text(asked, "verb"),
        Json.text(asked, "group"),
        subresource.isEmpty() ? resource : resource + "/" + subresource,
        Json.text(asked, "namespace"),
        Json.text(asked, "name"));
  }

  private static User subject(ObjectNode review) {
    List<String> groups = Json.texts(Json.at(review, "spec", "groups"));
    return new User(Json.text(review, "spec", "user"), groups);
  }

  private void token(ObjectNode review, ObjectNode status) {
    Optional<User> user = tokens.user(Json.text(review, "spec", "token"));
    status.put("authenticated", user.isPresent());
    user.ifPresent(known -> describe(known, status.putObject("user")));
  }

  private static void describe(User user, ObjectNode info) {
    info.put("username", user.name());
    ArrayNode groups = info.putArray("groups");
    user.groups().forEach(groups::add);
  }

  private void rules(User user, ObjectNode review, ObjectNode status) {
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode paths = status.putArray("nonResourceRules");
    status.put("incomplete", false);
    if (user.groups().contains("system:masters")) {
      ObjectNode all = resources.addObject();
      for (String list : List.of("verbs", "apiGroups", "resources")) {
        all.putArray(list).add("*");
      }
      return;
    }
    for (JsonNode rule : access.rules(user, Json.text(review, "spec", "namespace"))) {
      (rule.has("nonResourceURLs") ? paths : resources).add(rule);
    }
  }
}
