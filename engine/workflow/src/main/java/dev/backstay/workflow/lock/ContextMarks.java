package dev.backstay.workflow.lock;

import java.util.List;

/// The marks as they are now; asked before every request, so it must be fast, and safe for use by
/// many threads. What it throws keeps the request from being sent.
@FunctionalInterface
public interface ContextMarks {

  /// No context is marked.
  ContextMarks NONE = List::of;

  List<ContextMark> all();

  /// The mark of a context. Of several the stricter counts: production if one says so, back-ups
  /// only if all that say production allow them.
  default ContextMark of(String context) {
    return all().stream()
        .filter(mark -> mark.context().equals(context))
        .reduce(ContextMarks::stricter)
        .orElseGet(() -> ContextMark.none(context));
  }

  private static ContextMark stricter(ContextMark a, ContextMark b) {
    boolean backups = (a.backups() || !a.production()) && (b.backups() || !b.production());
    return new ContextMark(a.context(), a.production() || b.production(), a.colour(), backups);
  }
}
