package dev.backstay.catalog;

/// Something that a reader of the catalog may want to read again.
public sealed interface CatalogChange {

  record RestorePointsChanged(String repositoryId) implements CatalogChange {}

  record RepositoriesChanged() implements CatalogChange {}

  record JobChanged(String jobId) implements CatalogChange {}

  record LogGrew(String jobId) implements CatalogChange {}

  /// Another process wrote: anything may be different.
  record ChangedElsewhere() implements CatalogChange {}
}
