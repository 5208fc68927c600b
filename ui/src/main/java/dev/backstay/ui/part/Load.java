package dev.backstay.ui.part;

import dev.backstay.model.EngineException;

/// What a pane shows instead of, or besides, its content.
public sealed interface Load {

  /// On its way for the first time.
  record Loading(String what) implements Load {}

  /// There is content.
  record Ready() implements Load {}

  /// There is nothing, and that is fine.
  ///
  /// @param title one short sentence
  /// @param text what to do about it
  record Empty(String title, String text) implements Load {}

  /// It did not work. A forbidden question is one of these, with its remedy.
  record Failed(EngineException error) implements Load {}

  Load READY = new Ready();
}
