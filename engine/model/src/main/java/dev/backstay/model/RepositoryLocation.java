package dev.backstay.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a repository lives, as the user wrote it: the path of a local or mounted folder. The other
/// places that restic knows are refused, before somebody makes a folder of that name.
public record RepositoryLocation(String text) {

  private static final Pattern ELSEWHERE =
      Pattern.compile("(s3|sftp|rest|azure|gs|b2|swift|rclone|https?):.*", Pattern.DOTALL);

  public RepositoryLocation {
    if (text.isBlank()) {
      throw new InvalidInputException(
          "repository.no-location",
          "no repository was named",
          "name one with --repository or BACKSTAY_REPOSITORY");
    }
    Matcher elsewhere = ELSEWHERE.matcher(text);
    if (elsewhere.matches()) {
      throw new InvalidInputException(
          "repository.store-unsupported",
          "repositories at '" + elsewhere.group(1) + ":' are not supported yet",
          "name a local or mounted folder; a folder of that name as ./"
              + elsewhere.group(1)
              + ":…");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
