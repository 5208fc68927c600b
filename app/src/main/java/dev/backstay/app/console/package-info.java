/// What the process writes and how it is stopped: streams, tables, progress, redaction, logs,
/// signals.
///
/// Allowed neighbours: model, `workflow.job`.
@NullMarked
package dev.backstay.app.console;

import org.jspecify.annotations.NullMarked;
