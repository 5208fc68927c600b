package dev.backstay.workflow;

import dev.backstay.workflow.lock.ContextMarks;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// Where an engine keeps its things and what it knows of its surroundings.
///
/// @param data the catalog and the journals; kept
/// @param state trust decisions and logs; kept
/// @param cache whatever can be made again
/// @param environment the process environment, with the login shell's PATH where that differs
/// @param clock the time
/// @param mover how mover pods are made
/// @param marks which contexts are production
public record EngineSettings(
    Path data,
    Path state,
    Path cache,
    Map<String, String> environment,
    InstantSource clock,
    MoverOptions mover,
    ContextMarks marks) {

  /// With no context marked.
  public EngineSettings(
      Path data,
      Path state,
      Path cache,
      Map<String, String> environment,
      InstantSource clock,
      MoverOptions mover) {
    this(data, state, cache, environment, clock, mover, ContextMarks.NONE);
  }

  public EngineSettings(
      Path data, Path state, Path cache, Map<String, String> environment, InstantSource clock) {
    this(data, state, cache, environment, clock, MoverOptions.DEFAULT);
  }
}
