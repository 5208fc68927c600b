/// Versions, folders, connections, diagnostics.
///
/// Allowed neighbours: fx.
@NullMarked
package dev.backstay.ui.about;

import org.jspecify.annotations.NullMarked;
