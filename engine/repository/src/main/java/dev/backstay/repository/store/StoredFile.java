package dev.backstay.repository.store;

/// A file that a listing found.
///
/// @param key its name
/// @param size bytes
public record StoredFile(StoreKey key, long size) {}
