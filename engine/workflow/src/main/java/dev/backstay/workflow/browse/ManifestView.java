package dev.backstay.workflow.browse;

/// How much of a manifest a comparison looks at and shows.
///
/// @param noise whether with `managedFields`, `status` and what else the server keeps
/// @param secretValues whether the values of Secrets are shown; masked ones are compared all the
///   same
public record ManifestView(boolean noise, boolean secretValues) {

  /// Without noise, values masked.
  public static final ManifestView QUIET = new ManifestView(false, false);
}
