/// Folders of this machine, backed up and restored.
///
/// Allowed neighbours: model, blob, tree, snapshot, the repository itself.
@NullMarked
package dev.backstay.repository.local;

import org.jspecify.annotations.NullMarked;
