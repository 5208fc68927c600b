package dev.backstay.stores;

import dev.backstay.model.EngineException;
import dev.backstay.model.Units;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;

/// What else a connection test looks at: locks of objects, old versions, clocks, delays.
final class S3Surroundings {

  private static final Duration SKEW = Duration.ofSeconds(10);
  private static final Duration FAR = Duration.ofMinutes(5);

  private final S3Settings way;
  private final Heard heard;
  private final List<StoreFinding> found;

  S3Surroundings(S3Settings way, Heard heard, List<StoreFinding> found) {
    this.way = way;
    this.heard = heard;
    this.found = found;
  }

  void look(Map<String, String> environment) {
    try (S3Client client = S3Clients.open(way, environment)) {
      boolean locks = locks(client);
      objectLock(locks);
      versions(client, locks);
    }
    clock();
    found.add(
        StoreFinding.good(
            "delay", "a request is answered after " + heard.delay().toMillis() + " ms (median)"));
  }

  private boolean locks(S3Client client) {
    try {
      return new S3Calls(way)
              .run(
                  S3Action.LOCKS,
                  () -> client.getObjectLockConfiguration(get -> get.bucket(way.place().bucket())))
              .objectLockConfiguration()
              .objectLockEnabled()
          == ObjectLockEnabled.ENABLED;
    } catch (EngineException e) {
      // Whoever has none answers with an error, and so do those who may not ask.
      return false;
    }
  }

  private void objectLock(boolean locks) {
    Duration wished = way.options().retention();
    if (wished != null && !locks) {
      found.add(
          new StoreFinding(
              "object-lock",
              StoreFinding.Answer.MISSING,
              "a retention was asked for and the bucket has no Object Lock",
              "make a bucket with Object Lock, or leave out the store option retention"));
    } else if (wished != null) {
      found.add(
          StoreFinding.good("object-lock", "new files are locked for " + Units.duration(wished)));
    } else {
      found.add(
          StoreFinding.good(
              "object-lock",
              locks
                  ? "possible; the store option retention makes new files undeletable for a time"
                  : "the bucket has none: whoever may delete can delete backups"));
    }
  }

  private void versions(S3Client client, boolean locks) {
    try {
      boolean kept =
          new S3Calls(way)
                  .run(
                      S3Action.LIST,
                      () -> client.getBucketVersioning(get -> get.bucket(way.place().bucket())))
                  .status()
              == BucketVersioningStatus.ENABLED;
      if (kept && !locks) {
        found.add(
            StoreFinding.doubtful(
                "versions",
                "the bucket keeps old versions of deleted files, which cost space",
                "let a lifecycle rule expire noncurrent versions"));
      }
    } catch (EngineException e) {
      // Not to know it harms nothing.
      return;
    }
  }

  private void clock() {
    Duration skew = heard.skew().orElse(Duration.ZERO).abs();
    if (skew.compareTo(SKEW) < 0) {
      found.add(StoreFinding.good("clock", "its clock and this machine's agree"));
      return;
    }
    String detail = "its clock and this machine's differ by " + Units.duration(skew);
    String remedy =
        skew.compareTo(FAR) < 0
            ? "set both by a time server: locks are judged by their age"
            : "set this machine's clock by a time server: requests will be refused";
    found.add(StoreFinding.doubtful("clock", detail, remedy));
  }
}
