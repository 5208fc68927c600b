package dev.backstay.workflow;

import dev.backstay.catalog.CatalogChange;

/// Something that whoever shows the engine's state may want to ask for again.
public sealed interface EngineChange {

  /// Restore points came or went, in whatever repository.
  record RestorePoints() implements EngineChange {}

  /// A repository was used for the first time, or forgotten.
  record Repositories() implements EngineChange {}

  /// A job began, ended, or changed its standing.
  record Jobs() implements EngineChange {}

  /// A job noted something.
  ///
  /// @param job its id
  record JobLog(String job) implements EngineChange {}

  /// Another process wrote: anything may be different.
  record Everything() implements EngineChange {}

  static EngineChange of(CatalogChange change) {
    return switch (change) {
      case CatalogChange.RestorePointsChanged _ -> new RestorePoints();
      case CatalogChange.RepositoriesChanged _ -> new Repositories();
      case CatalogChange.JobChanged _ -> new Jobs();
      case CatalogChange.LogGrew grew -> new JobLog(grew.jobId());
      case CatalogChange.ChangedElsewhere _ -> new Everything();
    };
  }
}
