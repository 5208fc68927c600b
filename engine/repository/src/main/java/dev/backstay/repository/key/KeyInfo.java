package dev.backstay.repository.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key file: one password of a repository. What it says about itself is not sealed, so nobody
/// vouches for it.
///
/// @param id the name of its file, 64 hex characters
/// @param current whether it is the one that opened the repository
/// @param created when it was made, or null if it does not say
/// @param username by whom
/// @param hostname where
/// @param damage what is wrong with the file, or empty
public record KeyInfo(
    String id,
    boolean current,
    @Nullable Instant created,
    String username,
    String hostname,
    String damage) {

  /// As tables show it.
  public String shortId() {
    return id.substring(0, 8);
  }
}
