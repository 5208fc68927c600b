/// What keeps a repository small: forget by rules, and prune. Each is a plan first.
///
/// Allowed neighbours: fx, part.
@NullMarked
package dev.backstay.ui.upkeep;

import org.jspecify.annotations.NullMarked;
