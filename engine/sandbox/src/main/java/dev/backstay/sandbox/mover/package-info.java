/// What pods answer to exec and port-forward. Neighbours: state, volume.
@NullMarked
package dev.backstay.sandbox.mover;

import org.jspecify.annotations.NullMarked;
