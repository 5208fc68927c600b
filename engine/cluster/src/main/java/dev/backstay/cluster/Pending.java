package dev.backstay.cluster;

/// Stands where a body is still to come.
public final class Pending {

  private static final boolean DONE = false;

  private Pending() {}

  @SuppressWarnings("TypeParameterUnusedInFormals") // gone with the last caller
  public static <T> T body(Object... ignored) {
    if (DONE) {
      throw new IllegalStateException();
    }
    throw new UnsupportedOperationException("to come: " + ignored.length);
  }
}
