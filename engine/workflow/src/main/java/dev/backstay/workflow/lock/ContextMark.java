package dev.backstay.workflow.lock;

/// What the user declared about a kubeconfig context.
///
/// @param context its name
/// @param production whether it is read-only until unlocked
/// @param colour in which the window shows it, such as `RED`; empty for none
/// @param backups whether back-ups run in it although it is locked
public record ContextMark(String context, boolean production, String colour, boolean backups) {

  /// A context of which nothing was declared.
  public static ContextMark none(String context) {
    return new ContextMark(context, false, "", false);
  }
}
