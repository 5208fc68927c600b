package dev.backstay.workflow;

import dev.backstay.workflow.lock.ContextMarks;
import dev.backstay.workflow.repository.StoreAccess;
import dev.backstay.workflow.repository.StoreNotices;
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
/// @param stores how the stores of repositories are reached
public record EngineSettings(
    Path data,
    Path state,
    Path cache,
    Map<String, String> environment,
    InstantSource clock,
    MoverOptions mover,
    ContextMarks marks,
    StoreAccess stores) {

  /// With no options of stores declared.
  public EngineSettings(
      Path data,
      Path state,
      Path cache,
      Map<String, String> environment,
      InstantSource clock,
      MoverOptions mover,
      ContextMarks marks) {
    this(
        data,
        state,
        cache,
        environment,
        clock,
        mover,
        marks,
        new StoreAccess(
            environment, cache, state, StoreAccess.Declared.NONE, clock, new StoreNotices()));
  }

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
