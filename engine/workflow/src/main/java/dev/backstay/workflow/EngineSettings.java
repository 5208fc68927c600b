package dev.backstay.workflow;

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
public record EngineSettings(
    Path data,
    Path state,
    Path cache,
    Map<String, String> environment,
    InstantSource clock,
    MoverOptions mover) {

  public EngineSettings(
      Path data, Path state, Path cache, Map<String, String> environment, InstantSource clock) {
    this(data, state, cache, environment, clock, MoverOptions.DEFAULT);
  }
}
