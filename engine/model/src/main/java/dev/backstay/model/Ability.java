package dev.backstay.model;

/// Whether something can be done, and how we know: no Kubernetes API tells a driver's abilities, so
/// most answers are inferred.
///
/// @param answer what we believe
/// @param source where that comes from, for people: `inferred from VolumeSnapshotClass snap (driver
///   snap.test.csi)`
public record Ability(Answer answer, String source) {

  /// UNKNOWN is never to be treated as NO or YES.
  public enum Answer {
    YES,
    NO,
    UNKNOWN
  }

  public static Ability yes(String source) {
    return new Ability(Answer.YES, source);
  }

  public static Ability no(String source) {
    return new Ability(Answer.NO, source);
  }

  public static Ability unknown(String source) {
    return new Ability(Answer.UNKNOWN, source);
  }
}
