package dev.backstay.model;

/// What is said, while work waits, of a store that has not answered for a while.
///
/// @param location where it is
/// @param state what became of it
/// @param text for people: what is wrong and for how long it is tried again, or that it answers
public record StoreNotice(String location, State state, String text) {

  /// How things stand with a store.
  public enum State {
    /// It does not answer, and is asked again and again.
    AWAY,
    /// It answers again.
    BACK,
    /// Nobody waits for it any more; whoever did has an error that says why.
    GIVEN_UP
  }
}
