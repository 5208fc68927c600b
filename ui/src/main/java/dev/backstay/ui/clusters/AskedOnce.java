package dev.backstay.ui.clusters;

import dev.backstay.workflow.cluster.ContextRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Asks once for a session: whoever said no is not asked again by its next request.
final class AskedOnce implements ContextRequest.TrustQuestion {

  private record Program(Path file, List<String> command) {}

  private final ContextRequest.TrustQuestion question;
  private final Set<Program> refused = ConcurrentHashMap.newKeySet();

  AskedOnce(ContextRequest.TrustQuestion question) {
    this.question = question;
  }

  @Override
  public boolean mayRun(Path file, List<String> command) {
    Program program = new Program(file, command);
    if (refused.contains(program)) {
      return false;
    }
    boolean may = question.mayRun(file, command);
    if (!may) {
      refused.add(program);
    }
    return may;
  }
}
