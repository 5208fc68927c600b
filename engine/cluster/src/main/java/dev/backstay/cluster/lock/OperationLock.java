package dev.backstay.cluster.lock;

/// Asked before every single request of a connection, whoever sends it. Must be fast, contact
/// nothing and be safe for use by many threads. What it throws keeps the request from being sent.
@FunctionalInterface
public interface OperationLock {

  /// For contexts that nobody protects.
  OperationLock OPEN = _ -> Grant.ALL;

  /// The code of the refusal.
  String LOCKED = "context.locked";

  /// What may be sent now.
  ///
  /// @param context the kubeconfig context
  Grant grant(String context);
}
