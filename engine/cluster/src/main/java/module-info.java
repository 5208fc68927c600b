/// Kubernetes: kubeconfig, discovery, manifests, volumes, snapshots, mover pods, applying a
/// restore.
module dev.backstay.cluster {
  requires transitive dev.backstay.model;
  requires io.kubernetes.client.java;
  requires io.kubernetes.client.java.api;
  requires org.snakeyaml.engine;
  requires tools.jackson.databind;
  requires org.apache.commons.compress;
  requires org.slf4j;
  requires okhttp3;
  requires com.google.gson;
  requires static org.jspecify;
}
