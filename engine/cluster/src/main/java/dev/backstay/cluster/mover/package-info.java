/// Talking to a pod that has a volume mounted, by exec and port-forward
/// (`src/docs/mover-protocol.md`).
///
/// Allowed neighbours: model, connection.
@NullMarked
package dev.backstay.cluster.mover;

import org.jspecify.annotations.NullMarked;
