/// Data on standard output: tables, JSON, YAML and names from the same rows.
///
/// Allowed neighbours: model, `app.console`.
@NullMarked
package dev.backstay.app.output;

import org.jspecify.annotations.NullMarked;
