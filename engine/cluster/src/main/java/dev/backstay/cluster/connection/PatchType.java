package dev.backstay.cluster.connection;

/// How the body of a patch is to be read.
public enum PatchType {
  /// RFC 7386.
  MERGE("application/merge-patch+json"),
  /// Kubernetes' own, lists merged by key; not for custom resources.
  STRATEGIC("application/strategic-merge-patch+json"),
  /// RFC 6902, the body is an array.
  JSON("application/json-patch+json");

  private final String mediaType;

  PatchType(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }
}
