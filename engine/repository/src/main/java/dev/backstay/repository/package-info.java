/// A restic v2 repository, opened, read and written.
///
/// Allowed neighbours: model and the packages below this one.
@NullMarked
package dev.backstay.repository;

import org.jspecify.annotations.NullMarked;
