/// Where the repository's password comes from.
///
/// Allowed neighbours: model, `app.console`.
@NullMarked
package dev.backstay.app.secret;

import org.jspecify.annotations.NullMarked;
