/// From a namespace to a submitted backup: the plan and its choices.
///
/// Allowed neighbours: fx, part.
@NullMarked
package dev.backstay.ui.backup;

import org.jspecify.annotations.NullMarked;
