package dev.backstay.cluster.access;

import dev.backstay.cluster.access.AccessAnswer.Verdict;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Json;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InternalException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnsupportedException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks the server what the user may do (SelfSubjectAccessReview).
public final class AccessReview {

  private static final String PATH = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final int AT_ONCE = 8;

  private final ClusterConnection connection;

  public AccessReview(ClusterConnection connection) {
    this.connection = connection;
  }

  /// All questions, in parallel; the answers are in their order. A question that the server does
  /// not answer is UNKNOWN.
  public List<AccessAnswer> ask(List<AccessQuestion> questions) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Semaphore places = new Semaphore(AT_ONCE);
      List<Future<AccessAnswer>> answers =
          questions.stream().map(q -> threads.submit(() -> answer(q, places))).toList();
      return answers.stream().map(AccessReview::joined).toList();
    }
  }

  private static AccessAnswer joined(Future<AccessAnswer> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InternalException("cluster.interrupted", "an access review was interrupted", "", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineException error) {
        throw error;
      }
      throw new InternalException("cluster.access", "an access review broke", "see the log", e);
    }
  }

  private AccessAnswer answer(AccessQuestion question, Semaphore places)
      throws InterruptedException {
    places.acquire();
    try {
      return read(question, connection.create(PATH, review(question), WriteMode.APPLY));
    } catch (ForbiddenException | NotFoundException | UnsupportedException | TimedOutException e) {
      return new AccessAnswer(question, Verdict.UNKNOWN, String.valueOf(e.getMessage()));
    } finally {
      places.release();
    }
  }

  private static ObjectNode review(AccessQuestion question) {
    ObjectNode review = Json.object();
    review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
    ObjectNode what = review.putObject("spec").putObject("resourceAttributes");
    what.put("verb", question.verb());
    what.put("group", question.group());
    what.put("resource", question.resource());
    what.put("subresource", question.subresource());
    what.put("namespace", question.namespace());
    what.put("name", question.name());
    return review;
  }

  /// Not allowed is a no only if the authorizer could decide.
  private static AccessAnswer read(AccessQuestion question, ObjectNode review) {
    JsonNode status = review.path("status");
    String error = status.path("evaluationError").asString("");
    String reason = status.path("reason").asString(error);
    if (status.path("allowed").asBoolean(false)) {
      return new AccessAnswer(question, Verdict.ALLOWED, reason);
    }
    boolean decided = status.path("denied").asBoolean(false) || error.isEmpty();
    boolean answered = status.has("allowed");
    Verdict verdict = decided && answered ? Verdict.DENIED : Verdict.UNKNOWN;
    return new AccessAnswer(question, verdict, reason.isEmpty() ? error : reason);
  }

  /// What exec by WebSocket needs: `get` (older servers) and `create` (newer ones) on `pods/exec`.
  public static List<AccessQuestion> exec(String namespace) {
    return stream("exec", namespace);
  }

  /// What port-forward by WebSocket needs, likewise.
  public static List<AccessQuestion> portForward(String namespace) {
    return stream("portforward", namespace);
  }

  private static List<AccessQuestion> stream(String subresource, String namespace) {
    return List.of(
        AccessQuestion.of("get", "", "pods", namespace).subresource(subresource),
        AccessQuestion.of("create", "", "pods", namespace).subresource(subresource));
  }
}
