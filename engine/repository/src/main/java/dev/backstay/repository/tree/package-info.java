/// Nodes, and the trees they stand in, written exactly as restic writes them.
///
/// Allowed neighbours: model, blob, json.
@NullMarked
package dev.backstay.repository.tree;

import org.jspecify.annotations.NullMarked;
