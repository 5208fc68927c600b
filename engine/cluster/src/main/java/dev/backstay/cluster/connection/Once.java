package dev.backstay.cluster.connection;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is asked for once; asked for again if that failed.
final class Once<T> {

  private @Nullable T value;

  synchronized T get(Supplier<T> ask) {
    T known = value;
    if (known == null) {
      known = ask.get();
      value = known;
    }
    return known;
  }
}
