/// The words of the house: records, errors and small values that cross more than one wall.
///
/// Allowed neighbours: none. Nothing here does I/O.
@NullMarked
package dev.backstay.model;

import org.jspecify.annotations.NullMarked;
