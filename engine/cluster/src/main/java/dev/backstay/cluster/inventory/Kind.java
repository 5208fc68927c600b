package dev.backstay.cluster.inventory;

import dev.backstay.cluster.discovery.ResourceType;

/// The kinds that the inventory reads.
final class Kind {

  static final ResourceType NAMESPACE =
      ResourceType.clusterScoped("", "v1", "namespaces", "Namespace");
  static final ResourceType PVC =
      ResourceType.core("persistentvolumeclaims", "PersistentVolumeClaim");
  static final ResourceType PV =
      ResourceType.clusterScoped("", "v1", "persistentvolumes", "PersistentVolume");
  static final ResourceType POD = ResourceType.core("pods", "Pod");
  static final ResourceType STORAGE_CLASS =
      ResourceType.clusterScoped("storage.k8s.io", "v1", "storageclasses", "StorageClass");

  private Kind() {}
}
