package dev.backstay.ui.repositories;

import dev.backstay.model.RepositoryLocation;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Notice;
import dev.backstay.workflow.repository.Capability;
import dev.backstay.workflow.repository.PlaceTest;
import dev.backstay.workflow.repository.StoreAccess;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The test of a place that a form names, and what it found. What is typed afterwards makes it
/// void.
final class TestedPlace {

  private final Desk desk;
  private final ObservableValue<String> location;
  private final ObservableValue<String> profile;
  private final VBox report = new VBox(6);
  private final ReadOnlyBooleanWrapper usable = new ReadOnlyBooleanWrapper();
  private final VBox box;
  private PlaceTest.@Nullable Report last;

  TestedPlace(Desk desk, ObservableValue<PlaceForm> form) {
    this.desk = desk;
    this.location = form.flatMap(PlaceForm::location);
    this.profile = form.flatMap(PlaceForm::profile);
    Button test = new Button(Texts.of("wizard.test"), Icons.of("mdi2s-stethoscope"));
    test.setId("wizard-test");
    test.setOnAction(_ -> test());
    location.subscribe(text -> {
      test.setDisable(text.isEmpty());
      begin();
    });
    profile.subscribe(_ -> begin());
    ScrollPane scroll = new ScrollPane(report);
    scroll.setFitToWidth(true);
    scroll.setPrefHeight(250);
    HBox line = new HBox(test);
    line.setAlignment(Pos.CENTER_RIGHT);
    box = new VBox(12, line, scroll);
  }

  private void begin() {
    usable.set(false);
    report.getChildren().clear();
  }

  private void test() {
    begin();
    report.getChildren().setAll(new ProgressIndicator());
    String place = location.getValue();
    String with = profile.getValue();
    StoreAccess stores = desk.engine().settings().stores();
    var _ =
        desk.background()
            .ask(
                _ -> new PlaceTest(stores).find(new RepositoryLocation(place), with),
                found -> {
                  if (asked(place, with)) {
                    show(found);
                  }
                },
                error -> {
                  if (asked(place, with)) {
                    report.getChildren().setAll(Notice.of(error));
                  }
                });
  }

  /// The answer about another place must not let this one pass.
  private boolean asked(String place, String with) {
    return location.getValue().equals(place) && profile.getValue().equals(with);
  }

  private void show(PlaceTest.Report found) {
    last = found;
    report.getChildren().setAll(Capabilities.of(found));
    switch (found.holds()) {
      case NOTHING -> first(Notice.info(Texts.of("wizard.holds.nothing")));
      case REPOSITORY -> first(Notice.info(Texts.of("wizard.holds.repository")));
      case OTHER_FILES -> first(Notice.bad(Texts.of("wizard.holds.other")));
      case UNKNOWN -> {} // the capabilities say why
    }
    if (found.capabilities().stream().anyMatch(TestedPlace::noBucket)) {
      Button make = new Button(Texts.of("wizard.s3.make"), Icons.of("mdi2p-plus"));
      make.setId("wizard-make-bucket");
      make.setOnAction(_ -> makeBucket());
      report.getChildren().add(make);
    }
    usable.set(found.usable() && found.holds() != PlaceTest.Holds.OTHER_FILES);
  }

  private void first(Notice notice) {
    report.getChildren().addFirst(notice);
  }

  private static boolean noBucket(Capability capability) {
    return capability.name().equals("bucket") && capability.answer() == Capability.Answer.MISSING;
  }

  private void makeBucket() {
    String place = location.getValue();
    String with = profile.getValue();
    report.getChildren().setAll(new ProgressIndicator());
    StoreAccess stores = desk.engine().settings().stores();
    var _ =
        desk.background()
            .ask(
                _ -> {
                  new PlaceTest(stores).makeBucket(new RepositoryLocation(place), with);
                  return true;
                },
                _ -> {
                  if (asked(place, with)) {
                    test();
                  }
                },
                error -> {
                  if (asked(place, with)) {
                    report.getChildren().setAll(Notice.of(error));
                  }
                });
  }

  Node node() {
    return box;
  }

  /// Whether the test passed and a repository is or can be there.
  ReadOnlyBooleanProperty usable() {
    return usable.getReadOnlyProperty();
  }

  String location() {
    return location.getValue();
  }

  /// Whether there is a repository already.
  boolean there() {
    return last != null && last.holds() == PlaceTest.Holds.REPOSITORY;
  }
}
