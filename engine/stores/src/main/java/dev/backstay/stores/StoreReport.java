package dev.backstay.stores;

import dev.backstay.model.StoreOptions;
import java.util.List;

/// What a connection test saw.
///
/// @param repository whether there is a repository already
/// @param empty whether nothing at all is there
/// @param findings in the order in which they were tried; those behind a missing one may not be
/// @param working the options that were given, with what was found to work
public record StoreReport(
    boolean repository, boolean empty, List<StoreFinding> findings, StoreOptions working) {}
