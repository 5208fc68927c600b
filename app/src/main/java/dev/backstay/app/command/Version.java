package dev.backstay.app.command;

/// The version of this build, from the jar's manifest.
final class Version {

  private Version() {}

  static String backstay() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
