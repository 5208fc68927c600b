package dev.backstay.model;

import java.util.List;

/// What could be listed, and what could not.
///
/// @param items what was found
/// @param warnings what is missing from the items, and why; empty if nothing is
public record Listing<T>(List<T> items, List<ItemFailure> warnings) {

  public Listing {
    items = List.copyOf(items);
    warnings = List.copyOf(warnings);
  }
}
