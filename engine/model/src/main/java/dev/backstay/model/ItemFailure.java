package dev.backstay.model;

/// One thing that could not be carried, as data: the rest of the job went on.
///
/// @param item what it is about, as the user knows it: `configmaps/app`, `data-db-0:/pg/base/1`
/// @param code as [EngineException#code()]
/// @param message one sentence
/// @param remedy what to do about it, or empty
public record ItemFailure(String item, String code, String message, String remedy) {

  public static ItemFailure of(String item, EngineException error) {
    return new ItemFailure(item, error.code(), String.valueOf(error.getMessage()), error.remedy());
  }
}
