package dev.backstay.ui.shell;

/// Makes the screen of a place.
@FunctionalInterface
public interface Screens {
  Screen of(Place place);
}
