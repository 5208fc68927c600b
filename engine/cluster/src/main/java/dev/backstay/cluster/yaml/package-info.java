/// YAML text to JSON trees, safely: no types, no recursion without end, no alias bombs.
///
/// Allowed neighbours: none.
@NullMarked
package dev.backstay.cluster.yaml;

import org.jspecify.annotations.NullMarked;
