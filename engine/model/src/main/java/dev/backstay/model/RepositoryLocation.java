package dev.backstay.model;

/// Where a repository lives, as the user wrote it and as restic writes it: `/path`, `local:/path`,
/// `s3:https://host/bucket/prefix`, `s3:host/bucket/prefix`. It never holds a secret: a location
/// that does is refused.
public record RepositoryLocation(String text) {

  /// @throws InvalidInputException if it names no place, or one that we do not know
  public RepositoryLocation {
    if (text.isBlank()) {
      throw new InvalidInputException(
          "repository.no-location",
          "no repository was named",
          "name one with --repository or BACKSTAY_REPOSITORY");
    }
    var _ = StorePlace.parse(text);
  }

  /// What the text means.
  public StorePlace place() {
    return StorePlace.parse(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
