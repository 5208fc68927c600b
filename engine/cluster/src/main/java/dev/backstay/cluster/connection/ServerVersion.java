package dev.backstay.cluster.connection;

/// What `/version` says.
///
/// @param major `1`
/// @param minor digits only, so that `29+` is 29
/// @param text `v1.34.4`
public record ServerVersion(int major, int minor, String text) {

  public boolean atLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }
}
