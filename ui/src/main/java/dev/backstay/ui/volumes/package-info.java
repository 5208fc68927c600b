/// Every PVC and every VolumeSnapshot of a cluster. Neighbours: `clusters`, `namespace`, `part`,
/// `shell`.
@NullMarked
package dev.backstay.ui.volumes;

import org.jspecify.annotations.NullMarked;
