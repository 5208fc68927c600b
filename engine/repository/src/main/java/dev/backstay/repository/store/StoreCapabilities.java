package dev.backstay.repository.store;

/// What a store can do beyond the port.
///
/// @param writable whether it takes anything at all, as far as is known
/// @param connections how many calls at once make it faster
public record StoreCapabilities(boolean writable, int connections) {

  private static final int NEAR = 2;

  /// Whether the way there is long: a request costs more than bytes that nobody wants.
  public boolean far() {
    return connections > NEAR;
  }
}
