/// In which order objects are restored.
///
/// Allowed neighbours: model, manifest, `apply.clean`.
@NullMarked
package dev.backstay.cluster.apply.order;

import org.jspecify.annotations.NullMarked;
