/// `main`: wires the command line to the engine.
///
/// Allowed neighbours: model, workflow (and its sub-packages), sandbox. Never loads JavaFX.
@NullMarked
package dev.backstay.app;

import org.jspecify.annotations.NullMarked;
