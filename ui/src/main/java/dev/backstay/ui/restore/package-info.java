/// From a restore point to a submitted restore: what, where, the plan.
///
/// Allowed neighbours: fx, part.
@NullMarked
package dev.backstay.ui.restore;

import org.jspecify.annotations.NullMarked;
