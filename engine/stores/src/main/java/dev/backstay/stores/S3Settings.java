package dev.backstay.stores;

import dev.backstay.model.InvalidInputException;
import dev.backstay.model.StoreOptions;
import dev.backstay.model.StorePlace.Bucket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/// What a bucket is spoken to with, and where each of it was said.
///
/// @param endpoint the service's address, null for the one that the SDK knows for the region
/// @param endpointSource who said so, for people
/// @param regionSource who said so, for people
/// @param pathStyle whether the bucket stands in the path
/// @param checksums whether puts carry a SHA-256
record S3Settings(
    Bucket place,
    StoreOptions options,
    @Nullable URI endpoint,
    String endpointSource,
    String region,
    String regionSource,
    boolean pathStyle,
    boolean checksums) {

  private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

  /// @throws InvalidInputException if they contradict each other or cannot be used
  static S3Settings of(Bucket place, StoreOptions options, Map<String, String> environment) {
    if (ARCHIVES.contains(options.storageClass())) {
      throw new InvalidInputException(
          "store.archive",
          "files in the storage class " + options.storageClass() + " cannot be read at once",
          "choose another, such as GLACIER_IR");
    }
    ProfileFile files = AwsFiles.read(environment);
    String profile = AwsFiles.profile(options, environment);
    Said endpoint = endpoint(place, environment, files, profile);
    Said region = region(place, options, environment, files, profile);
    boolean amazon = endpoint.value().isEmpty();
    boolean dotted = place.bucket().contains(".") || !place.bucket().equals(lower(place.bucket()));
    return new S3Settings(
        place,
        options,
        amazon ? null : address(endpoint),
        amazon ? "Amazon's" : endpoint.source(),
        region.value(),
        region.source(),
        options.pathStyle().or(!amazon || dotted),
        options.checksums().or(amazon));
  }

  private static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }

  private record Said(String value, String source) {}

  private static Said endpoint(
      Bucket place, Map<String, String> environment, ProfileFile files, String profile) {
    if (!place.amazon()) {
      return new Said(place.url(), "the location");
    }
    for (String name : new String[] {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isBlank()) {
        return new Said(value, name);
      }
    }
    String value = AwsFiles.value(files, profile, "endpoint_url");
    return new Said(value, "profile " + profile);
  }

  private static URI address(Said said) {
    try {
      return new URI(said.value());
    } catch (URISyntaxException e) {
      throw new InvalidInputException(
          "store.bad-endpoint",
          said.source() + " holds no address of a service",
          "write it as https://host:port",
          e);
    }
  }

  private static Said region(
      Bucket place,
      StoreOptions options,
      Map<String, String> environment,
      ProfileFile files,
      String profile) {
    Said[] all = {
      new Said(options.region(), "the options"),
      new Said(place.namedRegion(), "the location"),
      new Said(environment.getOrDefault("AWS_REGION", ""), "AWS_REGION"),
      new Said(environment.getOrDefault("AWS_DEFAULT_REGION", ""), "AWS_DEFAULT_REGION"),
      new Said(AwsFiles.value(files, profile, "region"), "profile " + profile)
    };
    for (Said said : all) {
      if (!said.value().isBlank()) {
        return said;
      }
    }
    return new Said(Region.US_EAST_1.id(), "nobody");
  }

  /// Whether it is Amazon's own service.
  boolean amazon() {
    return endpoint == null;
  }

  S3Settings withRegion(String other) {
    return new S3Settings(
        place, options, endpoint, endpointSource, other, "the service", pathStyle, checksums);
  }

  S3Settings withPathStyle(boolean other) {
    return new S3Settings(
        place, options, endpoint, endpointSource, region, regionSource, other, checksums);
  }

  S3Settings withChecksums(boolean other) {
    return new S3Settings(
        place, options, endpoint, endpointSource, region, regionSource, pathStyle, other);
  }

  /// The key of a path inside the repository.
  String key(String path) {
    return place.prefix().isEmpty() ? path : place.prefix() + "/" + path;
  }
}
