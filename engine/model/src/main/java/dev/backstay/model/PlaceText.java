package dev.backstay.model;

import dev.backstay.model.StorePlace.Bucket;
import dev.backstay.model.StorePlace.Folder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads locations as restic does (`internal/backend/s3/config.go`, `internal/backend/location`).
final class PlaceText {

  private static final Pattern ELSEWHERE =
      Pattern.compile("(sftp|rest|azure|gs|b2|swift|rclone|https?):.*", Pattern.DOTALL);
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

  private PlaceText() {}

  static StorePlace parse(String text) {
    if (text.startsWith("s3:")) {
      return bucket(text);
    }
    if (text.startsWith("local:")) {
      return folder(text.substring("local:".length()));
    }
    Matcher elsewhere = ELSEWHERE.matcher(text);
    if (elsewhere.matches()) {
      throw new InvalidInputException(
          "repository.store-unsupported",
          "repositories at '" + elsewhere.group(1) + ":' are not supported yet",
          "name a local or mounted folder or an S3 bucket; a folder of that name as ./"
              + elsewhere.group(1)
              + ":…");
    }
    return folder(text);
  }

  private static Folder folder(String path) {
    if (path.isBlank() || path.indexOf('\0') >= 0) {
      throw new InvalidInputException(
          "repository.bad-location", "the location names no folder", "name one: /path/to/folder");
    }
    return new Folder(path);
  }

  private static Bucket bucket(String text) {
    String rest = text.substring("s3:".length());
    boolean tls = !rest.startsWith("http://");
    for (String scheme : new String[] {"https://", "http://", "//"}) {
      if (rest.startsWith(scheme)) {
        rest = rest.substring(scheme.length());
        break;
      }
    }
    // Nothing of the text may be shown before this: it may hold a password.
    if (rest.contains("@")) {
      throw bad(
          "holds a user name or password",
          "leave it out and name a profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
    if (rest.contains("?") || rest.contains("#")) {
      throw bad("has a query", "write it as s3:https://host/bucket/prefix");
    }
    return bucket(tls, rest.split("/", -1));
  }

  private static Bucket bucket(boolean tls, String[] parts) {
    String host = parts[0];
    if (!HOST.matcher(host).matches()) {
      throw bad("names no host", "write it as s3:https://host/bucket/prefix");
    }
    String bucket = parts.length < 2 ? "" : parts[1];
    if (!BUCKET.matcher(bucket).matches()) {
      throw bad(
          bucket.isEmpty() ? "names no bucket" : "has '" + bucket + "', which is no bucket's name",
          "write it as s3:https://host/bucket/prefix");
    }
    if (Arrays.stream(parts).anyMatch(part -> part.equals("..") || part.equals("."))) {
      throw bad("has '.' or '..' in it", "write out the prefix");
    }
    String prefix =
        Arrays.stream(parts)
            .skip(2)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("/"));
    return new Bucket(tls, host, bucket, prefix);
  }

  private static InvalidInputException bad(String how, String remedy) {
    return new InvalidInputException(
        "repository.bad-location", "the location of the repository " + how, remedy);
  }
}
