package dev.backstay.cluster.temporary;

/// Hears of temporary objects, so that a journal knows what a killed process left behind.
public interface Creations {

  /// Nobody listens.
  Creations UNHEARD =
      new Creations() {
        @Override
        public void creating(String path) {}

        @Override
        public void removed(String path) {}
      };

  /// An object is about to be created; called before the request is sent.
  ///
  /// @param path the API path with the name
  void creating(String path);

  /// The object is gone.
  void removed(String path);
}
