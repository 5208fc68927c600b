/// An in-process Kubernetes API whose volumes are local folders: the demo cluster and the test
/// double. Neighbours: model.
@NullMarked
package dev.backstay.sandbox;

import org.jspecify.annotations.NullMarked;
