package dev.backstay.sandbox.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Label and field selectors, in their text form and in the form of `spec.selector`.
public final class Selector {

  private static final Pattern SET =
      Pattern.compile("(!?)\\s*([^\\s!=,()]+)(?:\\s+(in|notin)\\s*\\(([^)]*)\\))?");
  private static final Pattern EQUALITY =
      Pattern.compile("([^\\s!=,()]+)\\s*(==|=|!=)\\s*([^\\s!=,()]*)");
  private static final Set<String> FIELDS_OF_PODS =
      Set.of(
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.schedulerName",
          "spec.serviceAccountName",
          "status.phase",
          "status.podIP");
  private static final Set<String> FIELDS_OF_EVENTS =
      Set.of(
          "involvedObject.kind",
          "involvedObject.namespace",
          "involvedObject.name",
          "involvedObject.uid",
          "involvedObject.apiVersion",
          "reason",
          "reportingComponent",
          "source",
          "type");

  private Selector() {}

  /// A label selector as in a URL: `a=b,c!=d,e in (f,g),h,!i`.
  public static Predicate<JsonNode> labels(String text) throws Refusal {
    Predicate<JsonNode> all = object -> true;
    for (String part : split(text)) {
      Predicate<Map<String, String>> one = requirement(part.strip());
      all = all.and(object -> one.test(Json.labels(object)));
    }
    return all;
  }

  /// A field selector as in a URL: `metadata.name=a,status.phase!=Running`.
  public static Predicate<JsonNode> fields(Resource resource, String text) throws Refusal {
    Predicate<JsonNode> all = object -> true;
    for (String part : split(text)) {
      Matcher match = EQUALITY.matcher(part.strip());
      if (!match.matches()) {
        throw Refusal.badRequest("invalid field selector: " + part);
      }
      String field = match.group(1);
      checkField(resource, field);
      String value = match.group(3);
      boolean wanted = !match.group(2).equals("!=");
      String[] path = field.split("\\.");
      all = all.and(object -> Json.text(object, path).equals(value) == wanted);
    }
    return all;
  }

  /// A selector as objects hold it, with `matchLabels` and `matchExpressions`. An empty one takes
  /// everything.
  public static boolean matches(JsonNode selector, Map<String, String> labels) {
    for (Map.Entry<String, String> wanted : Json.map(selector.path("matchLabels")).entrySet()) {
      if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
        return false;
      }
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      if (!matchesExpression(expression, labels)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matchesExpression(JsonNode expression, Map<String, String> labels) {
    String value = labels.get(Json.text(expression, "key"));
    List<String> values = Json.texts(expression.path("values"));
    return switch (Json.text(expression, "operator")) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }

  private static void checkField(Resource resource, String field) throws Refusal {
    boolean known =
        field.equals("metadata.name")
            || field.equals("metadata.namespace")
            || (resource.storage().equals("pods") && FIELDS_OF_PODS.contains(field))
            || (resource.storage().equals("events") && FIELDS_OF_EVENTS.contains(field))
            || (resource.storage().equals("secrets") && field.equals("type"))
            || (resource.storage().equals("namespaces") && field.equals("status.phase"))
            || (resource.storage().equals("jobs.batch") && field.equals("status.successful"));
    if (!known) {
      throw Refusal.badRequest("field label not supported: " + field);
    }
  }

  private static Predicate<Map<String, String>> requirement(String text) throws Refusal {
    Matcher equality = EQUALITY.matcher(text);
    if (equality.matches()) {
      String key = equality.group(1);
      String value = equality.group(3);
      return equality.group(2).equals("!=")
          ? labels -> !value.equals(labels.get(key))
          : labels -> value.equals(labels.get(key));
    }
    Matcher set = SET.matcher(text);
    if (!set.matches()) {
      throw Refusal.badRequest("unable to parse requirement: " + text);
    }
    return setRequirement(set);
  }

  private static Predicate<Map<String, String>> setRequirement(Matcher set) {
    String key = set.group(2);
    if (set.group(3) == null) {
      return set.group(1).isEmpty()
          ? labels -> labels.containsKey(key)
          : labels -> !labels.containsKey(key);
    }
    List<String> values = new ArrayList<>();
    for (String value : set.group(4).split(",")) {
      values.add(value.strip());
    }
    return set.group(3).equals("in")
        ? labels -> labels.containsKey(key) && values.contains(labels.get(key))
        : labels -> !values.contains(labels.getOrDefault(key, "\0"));
  }

  /// At commas outside of parentheses.
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && (depth == 0 || i == text.length())) {
        if (i > start) {
          parts.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return parts;
  }
}
