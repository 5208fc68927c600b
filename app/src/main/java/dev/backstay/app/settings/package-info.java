/// The folders of this installation and its settings file.
///
/// Allowed neighbours: model.
@NullMarked
package dev.backstay.app.settings;

import org.jspecify.annotations.NullMarked;
