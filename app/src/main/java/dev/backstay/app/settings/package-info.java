/// The folders of this installation and its settings file.
///
/// Allowed neighbours: model, workflow.
@NullMarked
package dev.backstay.app.settings;

import org.jspecify.annotations.NullMarked;
