package dev.backstay.workflow.repository;

import dev.backstay.model.InvalidInputException;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.StoreOptions;
import java.util.Map;
import java.util.TreeMap;

/// What a form has to ask for a repository in a bucket. Its answers are tested with
/// [PlaceTest#test(RepositoryLocation, StoreOptions)], remembered with [StoreAccess#remember] and
/// then opened like any other location. Secrets are not among them: they come from a profile or
/// from the environment.
///
/// @param address of the service, such as `https://s3.example.org`; empty for Amazon's
/// @param bucket its name
/// @param prefix where in it; may be empty
/// @param region empty for what the environment or the profile says
/// @param profile one of [StoreAccess#profiles], or empty for the environment's keys
/// @param caFile PEM file of the service's authority, or empty
/// @param retentionDays how long new files cannot be deleted; 0 for no Object Lock
public record BucketQuestion(
    String address,
    String bucket,
    String prefix,
    String region,
    String profile,
    String caFile,
    int retentionDays) {

  /// @throws InvalidInputException if an answer cannot be used
  public RepositoryLocation location() {
    String service = address.isBlank() ? "https://s3.amazonaws.com" : address.strip();
    String base = service.endsWith("/") ? service.substring(0, service.length() - 1) : service;
    String place = "s3:" + base + "/" + bucket.strip();
    return new RepositoryLocation(prefix.isBlank() ? place : place + "/" + prefix.strip());
  }

  /// @throws InvalidInputException if an answer cannot be used
  public StoreOptions options() {
    Map<String, String> named = new TreeMap<>();
    named.put("region", region);
    named.put("profile", profile);
    named.put("ca-file", caFile);
    if (retentionDays > 0) {
      named.put("retention", retentionDays + "d");
    }
    return StoreOptions.of(named);
  }
}
