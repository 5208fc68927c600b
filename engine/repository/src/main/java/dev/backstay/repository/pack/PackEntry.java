package dev.backstay.repository.pack;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;

/// A blob in a pack.
///
/// @param offset where its sealed bytes begin
/// @param length sealed bytes
/// @param plainLength plain bytes if it is compressed, 0 if it is stored raw
public record PackEntry(BlobKind kind, BlobId id, long offset, int length, int plainLength) {}
