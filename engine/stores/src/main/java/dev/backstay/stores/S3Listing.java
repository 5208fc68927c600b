package dev.backstay.stores;

import dev.backstay.model.UnreachableException;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Lists page by page. A page that cannot be had fails the whole: what is missing in a listing is
/// believed to be gone.
final class S3Listing {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final String DIGITS = "0123456789abcdef";

  private final S3Settings settings;
  private final S3Client client;
  private final S3Calls calls;

  S3Listing(S3Settings settings, S3Client client, S3Calls calls) {
    this.settings = settings;
    this.client = client;
    this.calls = calls;
  }

  List<StoredFile> list(FileKind kind) {
    String prefix = settings.key(kind.folder() + "/");
    List<StoredFile> files = new ArrayList<>();
    ListObjectsV2Response first = page(prefix, null);
    if (kind == FileKind.PACK && Boolean.TRUE.equals(first.isTruncated())) {
      // Pages follow one another; the sixteenths of the packs do not.
      return inParallel(kind, prefix);
    }
    pages(kind, prefix, first, file -> take(kind, file, files));
    return files;
  }

  private List<StoredFile> inParallel(FileKind kind, String prefix) {
    List<String> parts = DIGITS.chars().mapToObj(digit -> prefix + (char) digit).toList();
    int most = settings.options().connections();
    return InParallel.map(parts, most, part -> part(kind, part)).stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<StoredFile> part(FileKind kind, String prefix) {
    List<StoredFile> files = new ArrayList<>();
    pages(kind, prefix, page(prefix, null), file -> take(kind, file, files));
    return files;
  }

  private void pages(
      FileKind kind, String prefix, ListObjectsV2Response first, Consumer<S3Object> files) {
    ListObjectsV2Response page = first;
    page.contents().forEach(files);
    while (Boolean.TRUE.equals(page.isTruncated())) {
      String next = page.nextContinuationToken();
      if (next == null || next.isEmpty() || next.equals(page.continuationToken())) {
        throw new UnreachableException(
            "store.listing-cut",
            "the listing of " + kind.folder() + " at " + settings.place().text() + " broke off",
            "try again; nothing was concluded from the part that arrived");
      }
      page = page(prefix, next);
      page.contents().forEach(files);
    }
  }

  private ListObjectsV2Response page(String prefix, @Nullable String token) {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(settings.place().bucket())
            .prefix(prefix)
            .continuationToken(token)
            .build();
    return calls.list(client, request);
  }

  private void take(FileKind kind, S3Object file, List<StoredFile> files) {
    String name = file.key().substring(file.key().lastIndexOf('/') + 1);
    if (!ID.matcher(name).matches()) {
      return;
    }
    StoreKey key = new StoreKey(kind, name);
    if (settings.key(key.path()).equals(file.key())) {
      files.add(new StoredFile(key, file.size()));
    }
  }
}
