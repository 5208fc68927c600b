package dev.backstay.stores;

import dev.backstay.model.NotFoundException;
import dev.backstay.repository.store.StoreKey;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The bucket itself, and whether something is in it.
final class S3Bucket {

  private final S3Settings settings;
  private final S3Client client;
  private final S3Calls calls;
  private final String name;

  S3Bucket(S3Settings settings, S3Client client, S3Calls calls) {
    this.settings = settings;
    this.client = client;
    this.calls = calls;
    name = settings.place().bucket();
  }

  /// Asked by a listing and not by a HEAD, whose refusals do not say why.
  boolean exists() {
    try {
      var _ =
          calls.list(
              client,
              ListObjectsV2Request.builder()
                  .bucket(name)
                  .prefix(settings.key(""))
                  .maxKeys(1)
                  .build());
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /// Makes it where it is missing, as restic's `init` does.
  void ensure() {
    if (exists()) {
      return;
    }
    CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(name);
    if (settings.amazon() && !settings.region().equals("us-east-1")) {
      request.createBucketConfiguration(c -> c.locationConstraint(settings.region()));
    }
    if (settings.options().retention() != null) {
      request.objectLockEnabledForBucket(true);
    }
    calls.run(S3Action.MAKE, () -> make(request.build()));
  }

  /// @return whether it was made here, and not by somebody else at the same moment
  private boolean make(CreateBucketRequest request) {
    try {
      client.createBucket(request);
      return true;
    } catch (S3Exception e) {
      if (S3Errors.code(e).equals("BucketAlreadyOwnedByYou")) {
        return false;
      }
      throw e;
    }
  }

  /// Bytes of a file; empty if there is none.
  OptionalLong size(StoreKey key) {
    return calls.run(
        S3Action.READ,
        key,
        () -> {
          try {
            return OptionalLong.of(
                client
                    .headObject(head -> head.bucket(name).key(settings.key(key.path())))
                    .contentLength());
          } catch (S3Exception e) {
            if (e.statusCode() == 404) {
              return OptionalLong.empty();
            }
            throw explained(key, e);
          }
        });
  }

  /// A refused HEAD has no body that would say why; the same asked as a listing has.
  private S3Exception explained(StoreKey key, S3Exception e) {
    boolean silent = e.statusCode() == 400 || e.statusCode() == 403 || e.statusCode() == 301;
    if (silent) {
      client.listObjectsV2(list -> list.bucket(name).prefix(settings.key(key.path())).maxKeys(1));
    }
    return e;
  }
}
