package dev.backstay.repository.check;

/// How deep a check looks.
///
/// @param readData also read every pack: hash, MAC, decompression and id of every blob
public record CheckOptions(boolean readData) {}
