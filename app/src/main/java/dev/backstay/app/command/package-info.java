/// One class per command: reads its options, asks the engine, writes data to standard output.
///
/// Allowed neighbours: everything in app, model, workflow and its sub-packages, sandbox (the demo).
@NullMarked
package dev.backstay.app.command;

import org.jspecify.annotations.NullMarked;
