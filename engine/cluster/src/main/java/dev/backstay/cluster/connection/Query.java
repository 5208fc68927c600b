package dev.backstay.cluster.connection;

import java.util.ArrayList;
import java.util.List;

/// The query parameters of a call, in order. Values are plain text; escaping happens on the way
/// out.
public record Query(List<Parameter> parameters) {

  /// No parameters.
  public static final Query NONE = new Query(List.of());

  /// One parameter.
  public record Parameter(String name, String value) {}

  public Query {
    parameters = List.copyOf(parameters);
  }

  public static Query of(String name, String value) {
    return NONE.and(name, value);
  }

  /// Only objects whose labels match: `app=shop,tier!=db`.
  public static Query labels(String selector) {
    return of("labelSelector", selector);
  }

  /// Only objects whose fields match: `metadata.name=db`.
  public static Query fields(String selector) {
    return of("fieldSelector", selector);
  }

  /// This query with one more parameter.
  public Query and(String name, String value) {
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(new Parameter(name, value));
    return new Query(more);
  }
}
