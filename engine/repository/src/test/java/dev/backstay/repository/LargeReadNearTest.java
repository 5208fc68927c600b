package dev.backstay.repository;

/// The same from a store that is near, as a local one is.
final class LargeReadNearTest extends LargeReadTest {

  @Override
  int connections() {
    return 1;
  }
}
