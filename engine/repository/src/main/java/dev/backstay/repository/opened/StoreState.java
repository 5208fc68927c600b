package dev.backstay.repository.opened;

import dev.backstay.model.ConflictException;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// What a plan was made from: the names and sizes of all files that never change under a name. A
/// plan for other files is not carried out.
///
/// @param digest of the listings, 64 hex characters
public record StoreState(String digest) {

  private static final List<FileKind> KINDS =
      List.of(FileKind.SNAPSHOT, FileKind.INDEX, FileKind.PACK);

  public static StoreState of(ObjectStore store) {
    String listing =
        KINDS.stream().map(kind -> listing(store, kind)).collect(Collectors.joining("\n"));
    return new StoreState(SealedFiles.id(listing.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String listing(ObjectStore store, FileKind kind) {
    return store.list(kind).stream()
        .map(file -> file.key() + " " + file.size())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /// Call it under the lock that the change is made under.
  ///
  /// @throws ConflictException if files came or went since
  public void confirm(ObjectStore store) {
    if (!of(store).equals(this)) {
      throw new ConflictException(
          "repository.changed",
          "the repository at " + store.location() + " has changed since the plan was made",
          "make the plan again");
    }
  }
}
