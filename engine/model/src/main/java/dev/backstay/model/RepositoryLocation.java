package dev.backstay.model;

/// Where a repository lives, as the user wrote it: the path of a local or mounted folder. Other
/// stores get a scheme (`s3:…`) when they exist.
public record RepositoryLocation(String text) {

  public RepositoryLocation {
    if (text.isBlank()) {
      throw new InvalidInputException(
          "repository.no-location",
          "no repository was named",
          "name one with --repository or BACKSTAY_REPOSITORY");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
