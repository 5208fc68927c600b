/// Repositories: making, opening, testing, remembering; their snapshots, and folders of this
/// machine into and out of them.
///
/// Allowed neighbours: fx, part, upkeep.
@NullMarked
package dev.backstay.ui.repositories;

import org.jspecify.annotations.NullMarked;
