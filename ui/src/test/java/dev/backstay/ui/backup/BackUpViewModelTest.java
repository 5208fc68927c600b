package dev.backstay.ui.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.ui.part.Load;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.window.PlainDesk;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.backup.PlannedRead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plan of a backup without its controls.
class BackUpViewModelTest {

  @TempDir Path folder;

  private PlainDesk plain;

  @BeforeEach
  void open() throws IOException {
    plain = PlainDesk.open(folder);
  }

  @AfterEach
  void close() {
    plain.close();
  }

  private BackUpViewModel model() {
    BackUpViewModel model =
        new BackUpViewModel(plain.desk(), plain.cluster(), BackUpRequest.of("shop"));
    model.plan();
    assertNotNull(model.planProperty().get(), () -> model.loadProperty().get().toString());
    return model;
  }

  @Test
  void theSizeIsEstimatedFromTheLastRestorePoint() {
    BackUpViewModel model = model();
    assertEquals(List.of("data-db-0", "uploads"), names(model));
    for (PlannedRead volume : model.pvcs()) {
      long last =
          plain.point().volumes().stream()
              .filter(v -> v.pvc().equals(volume.pvc()))
              .findFirst()
              .orElseThrow()
              .bytes();
      assertEquals(last, volume.lastBytes());
      assertTrue(last > 0);
    }
  }

  private static List<String> names(BackUpViewModel model) {
    return model.pvcs().stream().map(PlannedRead::pvc).sorted().toList();
  }

  @Test
  void whatIsLeftOutStaysInViewAndComesBack() {
    BackUpViewModel model = model();
    model.choosePvc("uploads", false);
    assertEquals(List.of("data-db-0"), model.request().onlyPvcs());
    assertEquals(List.of("data-db-0", "uploads"), names(model), "it can be taken in again");
    model.choosePvc("data-db-0", false);
    assertFalse(model.request().volumes(), "none is not all");
    model.choosePvc("uploads", true);
    model.choosePvc("data-db-0", true);
    assertEquals(List.of(), model.request().onlyPvcs());
    model.chooseKind("secrets", false);
    assertEquals(Set.of("secrets"), model.request().exceptKinds());
    assertTrue(model.kinds().containsKey("secrets"));
    assertTrue(model.readyProperty().get());
  }

  @Test
  void aBadSelectorIsToldAndAGoodOnePlansAgain() {
    BackUpViewModel model = model();
    model.select("app=(x");
    assertInstanceOf(Load.Failed.class, model.loadProperty().get());
    assertFalse(model.readyProperty().get());
    model.select("");
    assertTrue(model.readyProperty().get());
  }

  @Test
  void submittingLeadsToTheJob() {
    BackUpViewModel model = model();
    model.submit();
    assertInstanceOf(Place.Jobs.class, plain.desk().navigator().place());
    assertFalse(model.readyProperty().get(), "not twice");
    assertTrue(plain.desk().jobs().lastProperty().get() != null, "it has ended");
  }
}
