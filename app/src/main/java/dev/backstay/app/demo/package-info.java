/// The demo: Backstay's main job on a cluster inside this process, through the command line itself.
///
/// Allowed neighbours: model, sandbox, `app.console`, `app.output`.
@NullMarked
package dev.backstay.app.demo;

import org.jspecify.annotations.NullMarked;
