package dev.backstay.stores;

import dev.backstay.model.EngineException;
import dev.backstay.model.StoreOptions;
import dev.backstay.model.UnsupportedException;
import dev.backstay.repository.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// Object Lock: for a time nobody can delete or overwrite a file's version. A repository's lock
/// files are left out: they come and go.
final class S3Retention {

  private static final Logger LOG = LoggerFactory.getLogger(S3Retention.class);

  private final S3Settings settings;
  private final S3Client client;
  private final S3Calls calls;
  private final InstantSource clock;
  private volatile boolean sure;

  S3Retention(S3Settings settings, S3Client client, S3Calls calls, InstantSource clock) {
    this.settings = settings;
    this.client = client;
    this.calls = calls;
    this.clock = clock;
  }

  /// @return whether it is locked
  boolean on(StoreKey key, PutObjectRequest.Builder request) {
    Duration time = settings.options().retention();
    if (time == null || !Kinds.lasting(key.kind())) {
      return false;
    }
    ensure();
    request.objectLockMode(mode()).objectLockRetainUntilDate(clock.instant().plus(time));
    return true;
  }

  void on(StoreKey key, CreateMultipartUploadRequest.Builder request) {
    Duration time = settings.options().retention();
    if (time != null && Kinds.lasting(key.kind())) {
      ensure();
      request.objectLockMode(mode()).objectLockRetainUntilDate(clock.instant().plus(time));
    }
  }

  /// Asked once, before the first file: some services keep a file whose lock they refuse.
  private void ensure() {
    if (sure) {
      return;
    }
    try {
      calls.run(
          S3Action.LOCKS,
          () -> client.getObjectLockConfiguration(get -> get.bucket(settings.place().bucket())));
    } catch (UnsupportedException e) {
      throw e;
    } catch (EngineException e) {
      // whoever may not ask learns it from the first put
      LOG.debug("whether the bucket has Object Lock is not known", e);
    }
    sure = true;
  }

  private ObjectLockMode mode() {
    StoreOptions options = settings.options();
    return options.compliance() ? ObjectLockMode.COMPLIANCE : ObjectLockMode.GOVERNANCE;
  }

  /// Locks files anew, for longer. Only where a retention was asked for.
  void extend(Collection<StoreKey> keys, Instant until) {
    if (settings.options().retention() == null) {
      return;
    }
    ObjectLockRetention lock =
        ObjectLockRetention.builder()
            .mode(ObjectLockRetentionMode.fromValue(mode().toString()))
            .retainUntilDate(until)
            .build();
    InParallel.each(keys, settings.options().connections(), key -> extend(key, lock));
  }

  private void extend(StoreKey key, ObjectLockRetention lock) {
    calls.run(
        S3Action.KEEP,
        key,
        () ->
            client.putObjectRetention(put ->
                put.bucket(settings.place().bucket())
                    .key(settings.key(key.path()))
                    .retention(lock)));
  }
}
