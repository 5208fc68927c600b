/// Which snapshots stay and which go: restic's policy words, as a plan.
///
/// Allowed neighbours: model, snapshot.
@NullMarked
package dev.backstay.repository.forget;

import org.jspecify.annotations.NullMarked;
