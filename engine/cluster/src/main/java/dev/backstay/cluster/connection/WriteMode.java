package dev.backstay.cluster.connection;

/// Whether a write is done or only tried: the server runs admission and validation for a
/// [#DRY_RUN], and stores nothing.
public enum WriteMode {
  APPLY,
  DRY_RUN
}
