package dev.backstay.stores;

import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.StorageException;
import dev.backstay.model.UnreachableException;
import dev.backstay.model.UnsupportedException;
import dev.backstay.repository.store.StoreKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/// Deletes, a thousand at once where the service can.
final class S3Removal {

  private static final Logger LOG = LoggerFactory.getLogger(S3Removal.class);
  private static final int BATCH = 1000;

  private final S3Settings settings;
  private final S3Client client;
  private final S3Calls calls;
  private volatile boolean batches = true;

  S3Removal(S3Settings settings, S3Client client, S3Calls calls) {
    this.settings = settings;
    this.client = client;
    this.calls = calls;
  }

  /// A file that is gone already stays gone.
  void remove(StoreKey key) {
    calls.run(
        S3Action.DELETE,
        key,
        () ->
            client.deleteObject(
                delete -> delete.bucket(settings.place().bucket()).key(settings.key(key.path()))));
  }

  void remove(Collection<StoreKey> keys) {
    List<StoreKey> all = new ArrayList<>(keys);
    for (int at = 0; at < all.size(); at += BATCH) {
      batch(all.subList(at, Math.min(at + BATCH, all.size())));
    }
  }

  private void batch(List<StoreKey> keys) {
    if (keys.size() == 1) {
      remove(keys.getFirst());
      return;
    }
    if (batches) {
      try {
        refuseErrors(together(keys));
        return;
      } catch (UnsupportedException | StorageException e) {
        // Some services want another checksum with it, or know no batches.
        LOG.info("{} deletes no batches: {}", settings.place().host(), e.getMessage());
        batches = false;
      }
    }
    InParallel.each(keys, settings.options().connections(), this::remove);
  }

  DeleteObjectsResponse together(List<StoreKey> keys) {
    List<ObjectIdentifier> names =
        keys.stream()
            .map(key -> ObjectIdentifier.builder().key(settings.key(key.path())).build())
            .toList();
    return calls.run(
        S3Action.DELETE,
        keys.size() + " files",
        () ->
            client.deleteObjects(delete ->
                delete
                    .bucket(settings.place().bucket())
                    .delete(batch -> batch.objects(names).quiet(true))));
  }

  private void refuseErrors(DeleteObjectsResponse answer) {
    List<S3Error> errors =
        answer.errors().stream().filter(error -> !"NoSuchKey".equals(error.code())).toList();
    if (errors.isEmpty()) {
      return;
    }
    throw refused(errors.getFirst(), errors.size());
  }

  private EngineException refused(S3Error first, int count) {
    String text =
        count + " files could not be deleted, first " + first.key() + " (" + first.code() + ")";
    if ("AccessDenied".equals(first.code())) {
      return new ForbiddenException(
          "store.denied",
          text,
          "allow s3:DeleteObject on "
              + S3Action.DELETE.resource(settings.place().bucket(), settings.place().prefix()));
    }
    return new UnreachableException("store.busy", text, "try again later");
  }
}
