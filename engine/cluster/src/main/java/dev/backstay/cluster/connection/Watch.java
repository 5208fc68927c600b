package dev.backstay.cluster.connection;

/// A running watch. It resumes by itself when the server or a load balancer ends the stream.
/// Closing it from any thread ends a [#next()] that waits.
public interface Watch extends AutoCloseable {

  /// Waits for the next event.
  ///
  /// @throws dev.backstay.model.CancelledException after the connection's token was cancelled
  /// @throws dev.backstay.model.EngineException when the server refuses or cannot be reached any
  ///   more
  WatchEvent next();

  @Override
  void close();
}
