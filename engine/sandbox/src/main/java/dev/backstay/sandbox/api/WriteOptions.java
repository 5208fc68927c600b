package dev.backstay.sandbox.api;

/// How something is written.
///
/// @param manager of the fields, for `metadata.managedFields`
/// @param operation `Update` or `Apply`
public record WriteOptions(boolean dryRun, String manager, String operation) {

  /// For controllers and seeding.
  public static WriteOptions by(String manager) {
    return new WriteOptions(false, manager, "Update");
  }
}
