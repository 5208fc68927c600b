/// Contexts and the sessions that the user opened.
///
/// Allowed neighbours: fx, part.
@NullMarked
package dev.backstay.ui.clusters;

import org.jspecify.annotations.NullMarked;
