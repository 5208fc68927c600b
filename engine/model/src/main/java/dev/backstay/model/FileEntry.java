package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// What a volume says about one of its files, without the content.
///
/// @param path relative to the volume's root; the root folder itself is [FilePath#ROOT]
/// @param type what it is
/// @param mode the twelve permission bits (07777)
/// @param uid numeric owner, unsigned 32 bit
/// @param gid numeric group, unsigned 32 bit
/// @param size bytes for a file, length of the target for a symlink, else whatever the file system
///   says
/// @param modified last change of the content; nanoseconds as far as the source has them
/// @param changed last change of content or metadata (ctime)
/// @param inode number inside the volume, 0 if unknown
/// @param links hard links to it, 1 if unknown
/// @param device st_rdev for a device, else 0
/// @param linkTarget a symlink's target as the raw bytes it is stored with (may be absolute), else
///   null
public record FileEntry(
    FilePath path,
    FileType type,
    int mode,
    long uid,
    long gid,
    long size,
    FileTime modified,
    FileTime changed,
    long inode,
    long links,
    long device,
    @Nullable FilePath linkTarget) {

  /// Kinds of files that a volume can hold.
  public enum FileType {
    FILE,
    FOLDER,
    SYMLINK,
    BLOCK_DEVICE,
    CHARACTER_DEVICE,
    FIFO,
    SOCKET,
    /// Not of a volume: what a newer version has put into a snapshot.
    OTHER
  }

  /// Seconds since 1970 (may be negative) and nanoseconds (0 to 999,999,999).
  public record FileTime(long seconds, int nanos) {}
}
