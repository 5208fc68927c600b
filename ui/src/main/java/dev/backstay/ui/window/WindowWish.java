package dev.backstay.ui.window;

/// What the window is to begin with, or what a later start asks it for. Empty parts ask for
/// nothing.
///
/// @param context which context to open
/// @param namespace which of its namespaces; alone: of the current context
/// @param kubeconfig a file whose contexts are to be there too
/// @param repository a repository that is to be chosen
public record WindowWish(String context, String namespace, String kubeconfig, String repository) {

  public static final WindowWish NOTHING = new WindowWish("", "", "", "");
}
