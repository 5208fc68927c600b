/// Kubernetes: kubeconfig, discovery, manifests, volumes, snapshots, mover pods, applying a
/// restore.
module dev.backstay.cluster {
  requires transitive dev.backstay.model;
  requires transitive io.kubernetes.client.java;
  requires transitive io.kubernetes.client.java.api;
  requires org.snakeyaml.engine;
  requires transitive tools.jackson.databind;
  requires org.apache.commons.compress;
  requires org.slf4j;
  requires transitive okhttp3;
  requires okio;
  requires jdk.net;
  requires com.google.gson;
  requires static org.jspecify;

  exports dev.backstay.cluster.access;
  exports dev.backstay.cluster.apply;
  exports dev.backstay.cluster.apply.clean;
  exports dev.backstay.cluster.apply.order;
  exports dev.backstay.cluster.apply.plan;
  exports dev.backstay.cluster.apply.ready;
  exports dev.backstay.cluster.connection;
  exports dev.backstay.cluster.discovery;
  exports dev.backstay.cluster.inventory;
  exports dev.backstay.cluster.kubeconfig;
  exports dev.backstay.cluster.lock;
  exports dev.backstay.cluster.manifest;
  exports dev.backstay.cluster.mover;
  exports dev.backstay.cluster.temporary;
  exports dev.backstay.cluster.volume;
  exports dev.backstay.cluster.volumesnapshot;
}
