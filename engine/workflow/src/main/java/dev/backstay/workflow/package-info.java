/// The engine's facade: wishes go in, plans come out, plans become jobs, jobs end in outcomes.
///
/// Allowed neighbours: model, repository, stores, cluster, catalog. The window and the command line
/// import this package, its sub-packages' records and the model, and nothing below.
@NullMarked
package dev.backstay.workflow;

import org.jspecify.annotations.NullMarked;
