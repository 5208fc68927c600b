/// Working with a repository itself: init, open, check, browse, folders of this machine in and out.
///
/// Allowed neighbours: model, repository, stores. The command line and the window may use every
/// record here.
@NullMarked
package dev.backstay.workflow.repository;

import org.jspecify.annotations.NullMarked;
