package dev.backstay.catalog;

/// The database may not hold what it should: it is put aside and made anew. Never leaves the room.
final class DoubtException extends Exception {

  private static final long serialVersionUID = 1L;

  DoubtException(String reason) {
    super(reason);
  }

  DoubtException(String reason, Throwable cause) {
    super(reason, cause);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
