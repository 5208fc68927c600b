/// Jobs: progress, log, cancel, and what dead ones left.
///
/// Allowed neighbours: fx, part.
@NullMarked
package dev.backstay.ui.jobs;

import org.jspecify.annotations.NullMarked;
