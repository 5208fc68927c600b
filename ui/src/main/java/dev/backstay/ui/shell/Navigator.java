package dev.backstay.ui.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Goes from place to place and back. For the FX thread.
public final class Navigator {

  private static final int KEPT = 50;

  private final ReadOnlyObjectWrapper<Place> place =
      new ReadOnlyObjectWrapper<>(new Place.Overview());
  private final Deque<Place> before = new ArrayDeque<>();
  private final Deque<Place> after = new ArrayDeque<>();
  private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper();

  public ReadOnlyObjectProperty<Place> placeProperty() {
    return place.getReadOnlyProperty();
  }

  public Place place() {
    return place.get();
  }

  public void go(Place to) {
    if (to.equals(place.get())) {
      return;
    }
    before.push(place.get());
    if (before.size() > KEPT) {
      before.removeLast();
    }
    after.clear();
    show(to);
  }

  /// Instead of the present place, which is not worth coming back to.
  public void replace(Place to) {
    show(to);
  }

  public void back() {
    if (!before.isEmpty()) {
      after.push(place.get());
      show(before.pop());
    }
  }

  public void forward() {
    if (!after.isEmpty()) {
      before.push(place.get());
      show(after.pop());
    }
  }

  private void show(Place to) {
    canGoBack.set(!before.isEmpty());
    canGoForward.set(!after.isEmpty());
    place.set(to);
  }

  public ReadOnlyBooleanProperty canGoBackProperty() {
    return canGoBack.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty canGoForwardProperty() {
    return canGoForward.getReadOnlyProperty();
  }
}
