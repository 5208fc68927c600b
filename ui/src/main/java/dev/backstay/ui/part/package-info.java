/// Pieces that several screens are composed of: states, cards, badges.
///
/// Allowed neighbours: fx.
@NullMarked
package dev.backstay.ui.part;

import org.jspecify.annotations.NullMarked;
