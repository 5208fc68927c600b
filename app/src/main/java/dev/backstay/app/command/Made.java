package dev.backstay.app.command;

import dev.backstay.app.output.Sheet;
import java.util.List;

/// What a finished job has made, besides restore points.
///
/// @param field its field in the JSON of the job's result
/// @param sheet how each is shown
/// @param rows all of it
record Made<T>(String field, Sheet<T> sheet, List<T> rows) {}
