package dev.backstay.repository.local;

import java.io.IOException;

/// A system call failed.
final class PosixException extends IOException {

  private static final long serialVersionUID = 1L;

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ENXIO = 6;
  static final int EACCES = 13;
  static final int EEXIST = 17;
  static final int ENOTDIR = 20;
  static final int EISDIR = 21;
  static final int ENOSPC = 28;
  static final int EROFS = 30;
  static final int ENAMETOOLONG = 36;
  static final int ENOTEMPTY = 39;
  static final int ELOOP = 40;
  static final int ENODATA = 61;
  static final int ENOTSUP = 95;
  static final int EDQUOT = 122;

  private final int errno;

  PosixException(String call, int errno) {
    super(text(errno) + " (" + call + ")");
    this.errno = errno;
  }

  int errno() {
    return errno;
  }

  boolean full() {
    return errno == ENOSPC || errno == EDQUOT;
  }

  private static String text(int errno) {
    return switch (errno) {
      case EPERM -> "operation not permitted";
      case ENOENT -> "no such file";
      case EACCES -> "permission denied";
      case EEXIST -> "exists already";
      case ENOTDIR -> "not a folder";
      case EISDIR -> "is a folder";
      case ENOSPC -> "the disk is full";
      case EDQUOT -> "the quota is used up";
      case EROFS -> "the file system is read-only";
      case ENAMETOOLONG -> "the name is too long";
      case ENOTEMPTY -> "a folder that is not empty is in the way";
      case ELOOP -> "a symbolic link is in the way";
      case ENOTSUP -> "not supported by the file system";
      default -> "error " + errno;
    };
  }
}
