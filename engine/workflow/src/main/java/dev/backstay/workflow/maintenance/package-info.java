/// What is done to a repository as a whole, as records that the command line and the window may
/// show.
///
/// Allowed neighbours: model, repository; workflow.repository opens it.
@NullMarked
package dev.backstay.workflow.maintenance;

import org.jspecify.annotations.NullMarked;
