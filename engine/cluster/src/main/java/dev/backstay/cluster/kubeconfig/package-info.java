/// Kubeconfig files: finding, reading and merging them, exactly as kubectl does. Nothing here
/// contacts a server, runs a program or writes a file.
///
/// Allowed neighbours: model.
@NullMarked
package dev.backstay.cluster.kubeconfig;

import org.jspecify.annotations.NullMarked;
