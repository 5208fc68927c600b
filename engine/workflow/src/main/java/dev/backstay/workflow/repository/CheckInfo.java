package dev.backstay.workflow.repository;

import dev.backstay.model.ItemFailure;
import java.util.List;

/// What a check of a repository looked at and found.
///
/// @param sound whether everything that the snapshots hold can be restored, as far as was looked
/// @param snapshots how many were walked
/// @param trees how many different folders
/// @param blobs how many the index knows
/// @param packs how many the store holds
/// @param bytesRead bytes of packs that were read and verified
/// @param damage what is lost
/// @param hints what is odd and harmless
public record CheckInfo(
    boolean sound,
    long snapshots,
    long trees,
    long blobs,
    long packs,
    long bytesRead,
    List<ItemFailure> damage,
    List<ItemFailure> hints) {}
