package dev.backstay.repository;

import dev.backstay.repository.blob.BlobId;
import java.util.List;

/// The content of a file, stored.
///
/// @param blobs in order
/// @param size plain bytes
/// @param newBytes plain bytes of the blobs that the repository did not have
public record FileContent(List<BlobId> blobs, long size, long newBytes) {

  public static final FileContent EMPTY = new FileContent(List.of(), 0, 0);
}
