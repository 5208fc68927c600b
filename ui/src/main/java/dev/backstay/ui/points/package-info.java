/// Every restore point that is known, of any cluster.
///
/// Allowed neighbours: fx, part.
@NullMarked
package dev.backstay.ui.points;

import org.jspecify.annotations.NullMarked;
