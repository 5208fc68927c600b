/// Inside a restore point: folders, preview, versions, comparison.
///
/// Allowed neighbours: fx, part, timeline.
@NullMarked
package dev.backstay.ui.browse;

import org.jspecify.annotations.NullMarked;
