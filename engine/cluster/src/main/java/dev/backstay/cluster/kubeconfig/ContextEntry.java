package dev.backstay.cluster.kubeconfig;

import java.nio.file.Path;

/// An entry of `contexts`. Empty texts stand for absent fields.
record ContextEntry(String name, Path file, String cluster, String user, String namespace) {}
