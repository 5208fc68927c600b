package dev.backstay.cluster.connection;

import tools.jackson.databind.JsonNode;

/// What `/version` says.
///
/// @param major `1`
/// @param minor digits only, so that `29+` is 29
/// @param text `v1.34.4`
public record ServerVersion(int major, int minor, String text) {

  static ServerVersion of(JsonNode version) {
    return new ServerVersion(
        digits(version.path("major").asString("")),
        digits(version.path("minor").asString("")),
        version.path("gitVersion").asString(""));
  }

  private static int digits(String text) {
    String digits = text.replaceAll("[^0-9].*", "");
    return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
  }

  public boolean atLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }
}
