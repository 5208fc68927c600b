package dev.backstay.app.output;

import java.util.List;
import java.util.function.Function;

/// How one kind of thing is shown, in every format.
///
/// @param kind its kind in JSON and YAML
/// @param columns its table
/// @param fields its JSON and YAML, without `apiVersion` and `kind`
/// @param name what `-o name` prints
public record Sheet<T>(
    String kind, List<Column<T>> columns, Function<T, Fields> fields, Function<T, String> name) {

  public Sheet {
    columns = List.copyOf(columns);
  }
}
