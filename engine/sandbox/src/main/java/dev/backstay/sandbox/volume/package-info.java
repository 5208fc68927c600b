/// Volumes and their VolumeSnapshots as folders. Neighbours: none.
@NullMarked
package dev.backstay.sandbox.volume;

import org.jspecify.annotations.NullMarked;
