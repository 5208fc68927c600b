package dev.backstay.catalog;

import org.jspecify.annotations.Nullable;

/// One volume of a restore point.
///
/// @param pvc the PVC's name
/// @param method how its data was read, by a stable name such as `volume-snapshot`
/// @param files entries carried, folders and links included
/// @param bytes plain bytes of its files
/// @param partial some of its files are missing
/// @param storageClass the PVC's class, null if unknown
public record VolumeRow(
    String pvc,
    String method,
    long files,
    long bytes,
    boolean partial,
    @Nullable String storageClass) {}
