package dev.backstay.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The path of a file inside a volume, relative to its root, as the raw bytes that the file system
/// holds: no leading slash, components separated by `/`, the root itself is empty. Linux names are
/// bytes, not text. Ordered by unsigned bytes.
public final class FilePath implements Comparable<FilePath> {

  /// The root of a volume.
  public static final FilePath ROOT = new FilePath(new byte[0]);

  private final byte[] bytes;

  private FilePath(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @param bytes taken over, not copied: the caller lets go of it
  public static FilePath ofBytes(byte[] bytes) {
    return bytes.length == 0 ? ROOT : new FilePath(bytes);
  }

  public static FilePath of(String text) {
    return ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A copy of the raw bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  public boolean isRoot() {
    return bytes.length == 0;
  }

  /// The last component; empty for the root.
  public byte[] name() {
    return Arrays.copyOfRange(bytes, lastSlash() + 1, bytes.length);
  }

  /// The folder that holds it; the root is its own parent.
  public FilePath parent() {
    int slash = lastSlash();
    return slash < 0 ? ROOT : new FilePath(Arrays.copyOf(bytes, slash));
  }

  public FilePath resolve(byte[] name) {
    if (isRoot()) {
      return ofBytes(name.clone());
    }
    byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + name.length);
    joined[bytes.length] = '/';
    System.arraycopy(name, 0, joined, bytes.length + 1, name.length);
    return new FilePath(joined);
  }

  /// The components from the root down; none for the root.
  public List<byte[]> components() {
    List<byte[]> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= bytes.length && bytes.length > 0; i++) {
      if (i == bytes.length || bytes[i] == '/') {
        parts.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    return parts;
  }

  private int lastSlash() {
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] == '/') {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int compareTo(FilePath other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FilePath path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// For display and logs: invalid UTF-8 becomes U+FFFD, so do not parse it back.
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
