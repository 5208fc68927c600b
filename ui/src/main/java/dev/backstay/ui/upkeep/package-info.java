/// What keeps a repository small and sound: forget by rules, prune, check, repair; its statistics,
/// keys and locks. What removes or rewrites anything is a plan first.
///
/// Allowed neighbours: fx, part, repositories.
@NullMarked
package dev.backstay.ui.upkeep;

import org.jspecify.annotations.NullMarked;
