/// The demo cluster and test double: a Kubernetes API in this process, whose volumes are folders.
module dev.backstay.sandbox {
  requires transitive dev.backstay.model;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.websocket.server;
  requires org.eclipse.jetty.websocket.api;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.backstay.sandbox;
}
