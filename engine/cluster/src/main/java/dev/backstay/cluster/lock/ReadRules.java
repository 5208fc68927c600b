package dev.backstay.cluster.lock;

import java.util.List;
import java.util.Set;

/// What a read-only context lets out: an allow-list of operations, not of HTTP methods. An exec is
/// a GET and refused; an access review is a POST and allowed.
///
/// | allowed | |
/// |---|---|
/// | GET, HEAD | lists, watches, objects, their `status` and `scale`, logs of pods |
/// | GET, HEAD | discovery, OpenAPI, the version, health |
/// | POST | SelfSubjectAccessReview, SelfSubjectRulesReview, SelfSubjectReview |
/// | POST, PUT, PATCH with `dryRun=All` | whole objects, no subresource |
///
/// Dry runs are on the list because plans are made of them, and because the server runs them up to
/// the point of storing: it refuses those whose admission webhooks declare side effects (KEP-576).
/// A DELETE is not on it even so: its body may override what its query says.
public final class ReadRules {

  private static final Set<String> READABLE = Set.of("", "status", "scale");
  private static final Set<String> QUESTIONS =
      Set.of("selfsubjectaccessreviews", "selfsubjectrulesreviews");

  /// Nothing in these groups or of these kinds is an object that could be tried.
  private static final Set<String> NOT_TRIED =
      Set.of("authentication.k8s.io", "authorization.k8s.io");

  private ReadRules() {}

  /// Whether it changes nothing.
  public static boolean allow(Operation operation) {
    return operation.reads()
        ? readable(operation.target())
        : question(operation) || triesOnly(operation);
  }

  private static boolean readable(Target target) {
    return switch (target.kind()) {
      case DOCUMENT -> true;
      case RESOURCE -> READABLE.contains(target.subresource()) || log(target);
      case UNKNOWN -> false;
    };
  }

  private static boolean log(Target target) {
    return target.group().isEmpty()
        && target.resource().equals("pods")
        && target.subresource().equals("log");
  }

  private static boolean question(Operation operation) {
    Target target = operation.target();
    boolean ours =
        switch (target.group()) {
          case "authorization.k8s.io" -> QUESTIONS.contains(target.resource());
          case "authentication.k8s.io" -> target.resource().equals("selfsubjectreviews");
          default -> false;
        };
    return ours
        && operation.method().equals("POST")
        && target.collection()
        && target.namespace().isEmpty();
  }

  private static boolean triesOnly(Operation operation) {
    Target target = operation.target();
    boolean whole =
        switch (operation.method()) {
          case "POST" -> target.collection();
          case "PUT", "PATCH" -> target.isResource() && !target.name().isEmpty();
          default -> false;
        };
    boolean binding = target.group().isEmpty() && target.resource().equals("bindings");
    return whole
        && target.subresource().isEmpty()
        && !binding
        && !NOT_TRIED.contains(target.group())
        && operation.values("dryRun").equals(List.of("All"));
  }
}
