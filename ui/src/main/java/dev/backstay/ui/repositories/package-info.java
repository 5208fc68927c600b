/// Repositories: making, opening, testing, remembering.
///
/// Allowed neighbours: fx, part.
@NullMarked
package dev.backstay.ui.repositories;

import org.jspecify.annotations.NullMarked;
