package dev.backstay.cluster.apply.clean;

/// What rules may look at.
///
/// @param options the wish
/// @param set everything in the restore point
record CleanContext(CleanOptions options, ManifestSet set) {

  /// The class that takes the place of another.
  String mapped(String storageClass) {
    return options.classMap().getOrDefault(storageClass, storageClass);
  }
}
