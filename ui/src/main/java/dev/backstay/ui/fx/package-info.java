/// The way to and from the FX thread, texts, amounts, FXML: what every screen uses.
///
/// Allowed neighbours: model.
@NullMarked
package dev.backstay.ui.fx;

import org.jspecify.annotations.NullMarked;
