package dev.backstay.stores;

import dev.backstay.model.EngineException;
import dev.backstay.model.StoreOptions;
import dev.backstay.model.UnsupportedException;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// Puts: one request for a file, parts only beyond the limit; nothing is overwritten where the
/// service can see to that.
final class S3Puts {

  private static final Logger LOG = LoggerFactory.getLogger(S3Puts.class);
  private static final String ABSENT = "*";
  private static final int LEAST_PART = 5 << 20;
  private static final int MOST_PARTS = 10_000;

  /// Reckoning the MD5 of more takes longer than asking for its size.
  private static final int SMALL = 1 << 20;

  private final S3Settings settings;
  private final S3Client client;
  private final S3Calls calls;
  private final S3Retention retention;
  private final String bucket;
  private volatile boolean conditional;

  S3Puts(S3Settings settings, S3Client client, S3Calls calls, S3Retention retention) {
    this.settings = settings;
    this.client = client;
    this.calls = calls;
    this.retention = retention;
    bucket = settings.place().bucket();
    conditional = settings.options().conditionalPut() != StoreOptions.Choice.OFF;
  }

  /// Whether the service is asked not to overwrite.
  boolean conditional() {
    return conditional;
  }

  /// @return whether the service said that all of it arrived
  boolean put(StoreKey key, byte[] bytes, int from, int length) {
    try {
      return attempt(key, bytes, from, length);
    } catch (UnsupportedException e) {
      if (!conditional || settings.options().conditionalPut() == StoreOptions.Choice.ON) {
        throw e;
      }
      LOG.info("{} knows no conditional puts", settings.place().host());
      conditional = false;
      return attempt(key, bytes, from, length);
    }
  }

  private boolean attempt(StoreKey key, byte[] bytes, int from, int length) {
    if (length > settings.options().multipartAbove()) {
      inParts(key, bytes, from, length);
      return false;
    }
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(settings.key(key.path()))
            .ifNoneMatch(conditional ? ABSENT : null)
            .storageClass(storageClass(key));
    boolean locked = retention.on(key, request);
    String sum = settings.checksums() || locked ? sum(key, bytes, from, length) : null;
    if (sum != null) {
      request.checksumAlgorithm(ChecksumAlgorithm.SHA256).checksumSHA256(sum);
    }
    PutObjectResponse answer =
        calls.run(
            S3Action.WRITE,
            key,
            () -> client.putObject(request.build(), body(bytes, from, length)));
    return (sum != null && sum.equals(answer.checksumSHA256()))
        || (length <= SMALL && tagged(answer.eTag(), bytes, from, length));
  }

  /// Whether an entity tag is the MD5 of the bytes, as it is where nothing is encrypted with a key
  /// of the customer's.
  private static boolean tagged(@Nullable String tag, byte[] bytes, int from, int length) {
    return tag != null && tag.replace("\"", "").equalsIgnoreCase(md5(bytes, from, length));
  }

  private static String md5(byte[] bytes, int from, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(bytes, from, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      return "";
    }
  }

  /// No copy is made, and the body can be sent again.
  private static RequestBody body(byte[] bytes, int from, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, from, length), length, "application/octet-stream");
  }

  /// Index and snapshots are read at once, whatever the packs may cost.
  private @Nullable String storageClass(StoreKey key) {
    String wished = settings.options().storageClass();
    return key.kind() == FileKind.PACK && !wished.isEmpty() ? wished : null;
  }

  /// Files have the name of their SHA-256: it is not reckoned twice.
  private static String sum(StoreKey key, byte[] bytes, int from, int length) {
    byte[] hash =
        Kinds.hashed(key.kind())
            ? HexFormat.of().parseHex(key.name())
            : Sha256.of(bytes, from, length);
    return Base64.getEncoder().encodeToString(hash);
  }

  private void inParts(StoreKey key, byte[] bytes, int from, int length) {
    String path = settings.key(key.path());
    CreateMultipartUploadRequest.Builder begin =
        CreateMultipartUploadRequest.builder()
            .bucket(bucket)
            .key(path)
            .storageClass(storageClass(key));
    retention.on(key, begin);
    String upload =
        calls
            .run(S3Action.WRITE, key, () -> client.createMultipartUpload(begin.build()))
            .uploadId();
    try {
      List<CompletedPart> parts = parts(key, path, upload, bytes, from, length);
      calls.run(
          S3Action.WRITE,
          key,
          () ->
              client.completeMultipartUpload(complete ->
                  complete
                      .bucket(bucket)
                      .key(path)
                      .uploadId(upload)
                      .ifNoneMatch(conditional ? ABSENT : null)
                      .multipartUpload(all -> all.parts(parts))));
    } catch (EngineException e) {
      abort(path, upload);
      throw e;
    }
  }

  private List<CompletedPart> parts(
      StoreKey key, String path, String upload, byte[] bytes, int from, int length) {
    int least = Math.max(LEAST_PART, length / MOST_PARTS + 1);
    int size = (int) Math.clamp(settings.options().multipartAbove(), least, 64L << 20);
    List<CompletedPart> parts = new ArrayList<>();
    for (int at = 0; at < length; at += size) {
      int number = parts.size() + 1;
      int begin = from + at;
      int count = Math.min(size, length - at);
      String tag =
          calls
              .run(
                  S3Action.WRITE,
                  key,
                  () ->
                      client.uploadPart(
                          part -> part.bucket(bucket).key(path).uploadId(upload).partNumber(number),
                          body(bytes, begin, count)))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    return parts;
  }

  private void abort(String path, String upload) {
    try {
      calls.run(
          S3Action.ABORT,
          path,
          () ->
              client.abortMultipartUpload(
                  abort -> abort.bucket(bucket).key(path).uploadId(upload)));
    } catch (EngineException e) {
      LOG.debug("the next sweep ends the upload of {}", path, e);
    }
  }

  /// Ends uploads that began before a time.
  void abandon(Instant before) {
    try {
      List<MultipartUpload> begun =
          calls
              .run(
                  S3Action.UPLOADS,
                  () ->
                      client.listMultipartUploads(
                          list -> list.bucket(bucket).prefix(settings.key(""))))
              .uploads();
      for (MultipartUpload upload : begun) {
        if (upload.initiated() != null && upload.initiated().isBefore(before)) {
          abort(upload.key(), upload.uploadId());
        }
      }
    } catch (EngineException e) {
      // It costs space only, and only where such uploads are made at all.
      LOG.debug("unfinished uploads could not be listed", e);
    }
  }
}
