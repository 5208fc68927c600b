package dev.backstay.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The kinds of places that a repository can live in.
public sealed interface StorePlace {

  /// A local or mounted folder.
  ///
  /// @param path as the user wrote it
  record Folder(String path) implements StorePlace {}

  /// A bucket of an S3 service.
  ///
  /// @param tls whether the connection is encrypted
  /// @param host name of the service, with its port if one was named
  /// @param bucket its name
  /// @param prefix what all keys begin with, without slashes at its ends; may be empty
  record Bucket(boolean tls, String host, String bucket, String prefix) implements StorePlace {

    private static final Pattern AMAZON =
        Pattern.compile("s3(?:[.-](?:dualstack\\.)?([a-z]{2}[a-z0-9-]*-\\d))?\\.amazonaws\\.com");

    /// Whether it is Amazon's own service, under one of its general names.
    public boolean amazon() {
      return AMAZON.matcher(host).matches();
    }

    /// The region that the name of the service says, or empty.
    public String namedRegion() {
      Matcher matcher = AMAZON.matcher(host);
      String region = matcher.matches() ? matcher.group(1) : null;
      return region == null ? "" : region;
    }

    /// The service's address.
    public String url() {
      return (tls ? "https://" : "http://") + host;
    }

    /// As a location is written.
    public String text() {
      String place = "s3:" + url() + "/" + bucket;
      return prefix.isEmpty() ? place : place + "/" + prefix;
    }
  }

  /// @throws InvalidInputException if the text names no place, or one that we do not know
  static StorePlace parse(String text) {
    return PlaceText.parse(text);
  }
}
