package dev.backstay.ui.repositories;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/// Where a repository is to be, one kind of place.
interface PlaceForm {

  /// Its fields.
  Node node();

  /// The location as restic writes it; empty as long as something is missing.
  ObservableValue<String> location();

  /// The profile of the AWS files to open it with, or empty for the usual credentials.
  ObservableValue<String> profile();

  /// To the first field.
  void focus();
}
