package dev.backstay.stores;

import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.StoreOptions.Choice;
import dev.backstay.model.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/// Objects that a connection test makes, reads and removes.
final class S3Trial implements AutoCloseable {

  private static final int SIZE = 64 << 10;

  private final S3Settings way;
  private final S3Client client;
  private final S3Calls calls;
  private final List<StoreFinding> found;
  private final String bucket;
  private final String folder;
  private final byte[] bytes = new byte[SIZE];
  private final List<String> left = new ArrayList<>();
  private boolean checksums;
  private boolean conditional;

  S3Trial(S3Settings way, Map<String, String> environment, Heard heard, List<StoreFinding> found) {
    this.way = way;
    this.found = found;
    // What a put carries is tried here and not left to the SDK.
    client = S3Clients.open(way.withChecksums(false), environment, heard);
    calls = new S3Calls(way);
    bucket = way.place().bucket();
    String name = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    folder = way.key("backstay-test-" + name + "/");
    ThreadLocalRandom.current().nextBytes(bytes);
  }

  boolean checksums() {
    return checksums;
  }

  boolean conditional() {
    return conditional;
  }

  /// What a try does.
  @FunctionalInterface
  private interface Try {
    StoreFinding run();
  }

  private boolean tried(String name, Try attempt) {
    try {
      return found.add(attempt.run());
    } catch (EngineException e) {
      found.add(StoreFinding.missing(name, e));
      return false;
    }
  }

  private void tried(String name, Try attempt, String without) {
    try {
      found.add(attempt.run());
    } catch (EngineException e) {
      found.add(StoreFinding.doubtful(name, without, String.valueOf(e.getMessage())));
    }
  }

  void run() {
    if (!tried("put", this::puts)) {
      return;
    }
    tried("get", this::gets);
    tried("range", this::ranges);
    sums();
    tried(
        "conditional-put",
        this::conditionally,
        "files can be overwritten: before each is written" + " it is asked whether it is there");
    tried(
        "multipart",
        this::parts,
        "files beyond "
            + Units.bytes(way.options().multipartAbove())
            + " cannot be stored; packs are smaller");
    tried("batch-delete", this::batch, "files are deleted one by one");
    tried("delete", this::deletes);
  }

  private void put(String name, String sum, String condition) {
    left.add(name);
    calls.run(
        S3Action.WRITE,
        name,
        () ->
            client.putObject(
                put -> {
                  put.bucket(bucket).key(folder + name);
                  if (!condition.isEmpty()) {
                    put.ifNoneMatch(condition);
                  }
                  if (!sum.isEmpty()) {
                    put.checksumAlgorithm(ChecksumAlgorithm.SHA256).checksumSHA256(sum);
                  }
                },
                RequestBody.fromBytes(bytes)));
  }

  private StoreFinding puts() {
    put("a", "", "");
    return StoreFinding.good("put", SIZE + " bytes were stored");
  }

  private byte[] read(String name, String range) {
    return calls.run(
        S3Action.READ,
        name,
        () -> {
          try (ResponseInputStream<GetObjectResponse> in =
              client.getObject(get ->
                  get.bucket(bucket).key(folder + name).range(range.isEmpty() ? null : range))) {
            return in.readAllBytes();
          }
        });
  }

  private StoreFinding gets() {
    return Arrays.equals(bytes, read("a", ""))
        ? StoreFinding.good("get", "they read back as written")
        : wrong("get", "an object does not read back as written", "use another service");
  }

  private StoreFinding ranges() {
    byte[] part = read("a", "bytes=1000-1999");
    return Arrays.equals(part, Arrays.copyOfRange(bytes, 1000, 2000))
        ? StoreFinding.good("range", "parts of objects can be read")
        : wrong("range", "parts of objects cannot be read", "use another service");
  }

  private static StoreFinding wrong(String name, String detail, String remedy) {
    return new StoreFinding(name, StoreFinding.Answer.MISSING, detail, remedy);
  }

  /// Sums count only where a wrong one is refused.
  private void sums() {
    if (way.options().checksums() == Choice.OFF) {
      found.add(StoreFinding.good("checksums", "off, as told"));
      return;
    }
    tried(
        "checksums",
        () -> {
          put("sum", sum(bytes), "");
          checksums = refusesWrongSum();
          return checksums
              ? StoreFinding.good("checksums", "the service verifies the SHA-256 of what it gets")
              : StoreFinding.doubtful(
                  "checksums",
                  "the service takes a SHA-256 and does not look at it",
                  "sizes are compared instead");
        },
        "the service takes no SHA-256 with an object; sizes are compared instead");
  }

  private boolean refusesWrongSum() {
    try {
      put("wrong-sum", sum(new byte[1]), "");
      return false;
    } catch (EngineException e) {
      return true;
    }
  }

  private static String sum(byte[] content) {
    return Base64.getEncoder().encodeToString(Sha256.of(content, 0, content.length));
  }

  private StoreFinding conditionally() {
    if (way.options().conditionalPut() == Choice.OFF) {
      return StoreFinding.good("conditional-put", "off, as told");
    }
    put("once", "", "*");
    try {
      put("once", "", "*");
    } catch (ConflictException e) {
      conditional = true;
      return StoreFinding.good(
          "conditional-put", "the service keeps objects from being overwritten");
    }
    return StoreFinding.doubtful(
        "conditional-put",
        "the service overwrites objects though it is asked not to",
        "do not run two 'repo init' for one place at the same time");
  }

  private StoreFinding parts() {
    String key = folder + "parts";
    left.add("parts");
    String upload =
        calls
            .run(
                S3Action.WRITE,
                "parts",
                () -> client.createMultipartUpload(begin -> begin.bucket(bucket).key(key)))
            .uploadId();
    String tag =
        calls
            .run(
                S3Action.WRITE,
                "parts",
                () ->
                    client.uploadPart(
                        part -> part.bucket(bucket).key(key).uploadId(upload).partNumber(1),
                        RequestBody.fromBytes(bytes)))
            .eTag();
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(tag).build();
    calls.run(
        S3Action.WRITE,
        "parts",
        () ->
            client.completeMultipartUpload(complete ->
                complete
                    .bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(part))));
    return Arrays.equals(bytes, read("parts", ""))
        ? StoreFinding.good("multipart", "an object was sent in parts")
        : wrong(
            "multipart", "an object sent in parts reads back differently", "use another service");
  }

  private StoreFinding batch() {
    List<ObjectIdentifier> names =
        left.stream()
            .distinct()
            .filter(name -> !name.equals("a"))
            .map(name -> ObjectIdentifier.builder().key(folder + name).build())
            .toList();
    var answer =
        calls.run(
            S3Action.DELETE,
            names.size() + " objects",
            () ->
                client.deleteObjects(
                    delete -> delete.bucket(bucket).delete(all -> all.objects(names).quiet(true))));
    if (!answer.errors().isEmpty()) {
      return StoreFinding.doubtful(
          "batch-delete", "files are deleted one by one", answer.errors().getFirst().message());
    }
    left.removeIf(name -> !name.equals("a"));
    return StoreFinding.good("batch-delete", names.size() + " objects were deleted at once");
  }

  private StoreFinding deletes() {
    List<String> names = left.stream().distinct().toList();
    names.forEach(this::delete);
    left.clear();
    int still =
        calls
            .run(
                S3Action.LIST,
                () -> client.listObjectsV2(list -> list.bucket(bucket).prefix(folder).maxKeys(10)))
            .contents()
            .size();
    return still == 0
        ? StoreFinding.good("delete", "what was stored is gone again, and listings say so")
        : wrong(
            "delete",
            still + " deleted objects are still listed",
            "use a service whose listings are true: deleting would lose data");
  }

  private void delete(String name) {
    calls.run(
        S3Action.DELETE,
        name,
        () -> client.deleteObject(delete -> delete.bucket(bucket).key(folder + name)));
  }

  @Override
  public void close() {
    for (String name : left.stream().distinct().toList()) {
      try {
        delete(name);
      } catch (EngineException e) {
        found.add(
            StoreFinding.doubtful(
                "clean-up",
                folder + name + " of this test is left",
                String.valueOf(e.getMessage())));
      }
    }
    client.close();
  }
}
