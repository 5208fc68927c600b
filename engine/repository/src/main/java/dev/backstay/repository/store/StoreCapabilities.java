package dev.backstay.repository.store;

/// What a store can do beyond the port.
///
/// @param writable whether it takes anything at all, as far as is known
/// @param connections how many calls at once make it faster
public record StoreCapabilities(boolean writable, int connections) {}
