package dev.backstay.stores;

import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import dev.backstay.model.StoreOptions;
import dev.backstay.model.StorePlace.Bucket;
import dev.backstay.model.UnreachableException;
import dev.backstay.repository.store.Damage;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreCapabilities;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// A repository in a bucket, laid out as restic does. Makes each call once; what goes around it
/// tries again.
///
/// Nothing is asked before the first call. Credentials are fetched, and renewed, by the AWS SDK.
public final class S3Store implements ObjectStore {

  private final S3Settings settings;
  private final S3Client client;
  private final S3Calls calls;
  private final S3Bucket bucket;
  private final S3Listing listing;
  private final S3Puts puts;
  private final S3Removal removal;
  private final S3Retention retention;

  private S3Store(S3Settings settings, S3Client client, InstantSource clock) {
    this.settings = settings;
    this.client = client;
    calls = new S3Calls(settings);
    bucket = new S3Bucket(settings, client, calls);
    listing = new S3Listing(settings, client, calls);
    retention = new S3Retention(settings, client, calls, clock);
    puts = new S3Puts(settings, client, calls, retention);
    removal = new S3Removal(settings, client, calls);
  }

  /// @param environment of the process: the `AWS_…` variables count as everywhere
  public static S3Store open(
      Bucket place, StoreOptions options, Map<String, String> environment, InstantSource clock) {
    S3Settings settings = S3Settings.of(place, options, environment);
    return open(settings, S3Clients.open(settings, environment), clock);
  }

  static S3Store open(S3Settings settings, S3Client client, InstantSource clock) {
    return new S3Store(settings, client, clock);
  }

  @Override
  public String location() {
    return settings.place().text();
  }

  @Override
  public StoreCapabilities capabilities() {
    return new StoreCapabilities(true, settings.options().connections());
  }

  @Override
  public void create() {
    bucket.ensure();
  }

  @Override
  public void requirePlace() {
    if (!bucket.exists()) {
      throw calls.errors().noBucket(null);
    }
  }

  @Override
  public void put(StoreKey key, byte[] bytes, int from, int length) {
    boolean may = puts.conditional();
    boolean sure = may && settings.options().conditionalPut() == StoreOptions.Choice.ON;
    // Of two of one name that is no hash one must win, as far as the service allows.
    if ((!may || (!sure && !Kinds.hashed(key.kind()))) && exists(key)) {
      throw new ConflictException(
          "store.exists", "the file " + key + " exists already at " + location(), "");
    }
    if (!puts.put(key, bytes, from, length)) {
      confirm(key, length);
    }
  }

  /// What was torn on its way must not be believed.
  private void confirm(StoreKey key, int length) {
    long size = bucket.size(key).orElse(-1);
    if (size == length) {
      return;
    }
    if (size >= 0) {
      removal.remove(key);
    }
    throw new UnreachableException(
        "store.torn-upload",
        "of "
            + key
            + " only "
            + Math.max(0, size)
            + " of "
            + length
            + " bytes arrived at "
            + location(),
        "try again; if it happens often, a proxy or the service cuts uploads");
  }

  private GetObjectRequest.Builder request(StoreKey key) {
    return GetObjectRequest.builder()
        .bucket(settings.place().bucket())
        .key(settings.key(key.path()));
  }

  @Override
  public byte[] get(StoreKey key) {
    return calls.run(
        S3Action.READ,
        key,
        () -> {
          try (ResponseInputStream<GetObjectResponse> in = client.getObject(request(key).build())) {
            Long length = in.response().contentLength();
            byte[] bytes =
                length == null ? in.readAllBytes() : in.readNBytes(Math.toIntExact(length));
            if (length != null && bytes.length != length) {
              throw new IOException("the answer ended early");
            }
            return bytes;
          }
        });
  }

  @Override
  public void read(StoreKey key, long offset, byte[] into, int from, int length) {
    if (length == 0) {
      return;
    }
    String range = "bytes=" + offset + "-" + (offset + length - 1);
    calls.run(
        S3Action.READ,
        key,
        () -> {
          try (ResponseInputStream<GetObjectResponse> in =
              client.getObject(request(key).range(range).build())) {
            fill(key, in, into, from, length);
            return true;
          } catch (S3Exception e) {
            if (e.statusCode() == 416) {
              throw shorter(key);
            }
            throw e;
          }
        });
  }

  private void fill(
      StoreKey key, ResponseInputStream<GetObjectResponse> in, byte[] into, int from, int length)
      throws IOException {
    if (in.response().contentRange() == null) {
      in.abort();
      throw new StorageException(
          "store.no-range",
          "the service at " + settings.place().host() + " does not read parts of files",
          "use another service: nothing could be read from packs without it");
    }
    Long promised = in.response().contentLength();
    if (promised != null && promised < length) {
      in.abort();
      throw shorter(key);
    }
    if (in.readNBytes(into, from, length) != length) {
      throw new IOException("the answer ended early");
    }
  }

  private static EngineException shorter(StoreKey key) {
    return Damage.of("repository.file-short", key, "is shorter than it should be");
  }

  @Override
  public boolean exists(StoreKey key) {
    return bucket.size(key).isPresent();
  }

  @Override
  public long size(StoreKey key) {
    OptionalLong size = bucket.size(key);
    return size.orElseThrow(() -> missing(key));
  }

  private NotFoundException missing(StoreKey key) {
    return new NotFoundException("store.no-file", "there is no " + key + " at " + location(), "");
  }

  @Override
  public List<StoredFile> list(FileKind kind) {
    return listing.list(kind);
  }

  @Override
  public void delete(StoreKey key) {
    if (!exists(key)) {
      throw missing(key);
    }
    removal.remove(key);
  }

  @Override
  public void deleteAll(Collection<StoreKey> keys) {
    removal.remove(keys);
  }

  @Override
  public void retain(Collection<StoreKey> keys, Instant until) {
    retention.extend(keys, until);
  }

  /// Ends uploads in parts that their writers did not end: they are invisible, and cost.
  @Override
  public void sweep(Instant now, Duration age) {
    puts.abandon(now.minus(age));
  }

  @Override
  public void close() {
    client.close();
  }
}
