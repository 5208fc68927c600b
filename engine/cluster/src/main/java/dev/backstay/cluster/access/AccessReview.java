package dev.backstay.cluster.access;

import dev.backstay.cluster.connection.ClusterConnection;
import java.util.List;

/// Asks the server what the user may do (SelfSubjectAccessReview).
public final class AccessReview {

  private final ClusterConnection connection;

  public AccessReview(ClusterConnection connection) {
    this.connection = connection;
  }

  /// All questions, in parallel; the answers are in their order.
  public List<AccessAnswer> ask(List<AccessQuestion> questions) {
    return dev.backstay.cluster.Pending.body(connection, questions);
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
