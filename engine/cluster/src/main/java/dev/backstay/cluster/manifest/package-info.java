/// Reading a namespace's objects and what they need of the cluster, and storing them as canonical
/// YAML.
///
/// Allowed neighbours: model, connection, discovery, temporary (its label).
@NullMarked
package dev.backstay.cluster.manifest;

import org.jspecify.annotations.NullMarked;
