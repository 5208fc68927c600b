package dev.backstay.repository.prune;

import java.util.concurrent.atomic.AtomicLongArray;

/// A bit for each blob that is needed. Many threads may set bits; one alone makes room.
final class UsedBlobs {

  private AtomicLongArray words = new AtomicLongArray(16);

  /// Makes room for so many blobs.
  void reserve(int blobs) {
    int needed = (blobs + 63) / 64;
    if (needed > words.length()) {
      AtomicLongArray more = new AtomicLongArray(needed + needed / 8);
      for (int i = 0; i < words.length(); i++) {
        more.setPlain(i, words.get(i));
      }
      words = more;
    }
  }

  /// @return whether it was not set before
  boolean set(int blob) {
    long bit = 1L << blob;
    int word = blob >>> 6;
    return (words.get(word) & bit) == 0 && (words.getAndUpdate(word, w -> w | bit) & bit) == 0;
  }

  boolean get(int blob) {
    int word = blob >>> 6;
    return word < words.length() && (words.get(word) & 1L << blob) != 0;
  }
}
