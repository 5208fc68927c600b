/// Files of this machine that make a repository faster and that nothing depends on: they can be
/// deleted at any time, and one that does not hold is made anew.
///
/// Allowed neighbours: model.
@NullMarked
package dev.backstay.repository.cache;

import org.jspecify.annotations.NullMarked;
