/// A connection to one API server: credentials, TLS, proxies, retries, and raw JSON calls that end
/// in an answer or in an EngineException.
///
/// Allowed neighbours: model, kubeconfig, lock.
@NullMarked
package dev.backstay.cluster.connection;

import org.jspecify.annotations.NullMarked;
