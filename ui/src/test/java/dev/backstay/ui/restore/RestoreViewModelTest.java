package dev.backstay.ui.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.sandbox.DemoShop;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.restore.RestoreViewModel.Step;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.window.PlainDesk;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.restore.ChosenParts;
import dev.backstay.workflow.restore.ExistingObjects;
import dev.backstay.workflow.restore.ExistingVolumes;
import dev.backstay.workflow.restore.RestorePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The restore wizard without its controls.
class RestoreViewModelTest {

  private static final String FILE = "pvc/uploads:" + DemoShop.A_FILE;

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

  private RestoreViewModel model(String... chosen) {
    return new RestoreViewModel(plain.desk(), plain.point(), List.of(chosen));
  }

  @Test
  void whateverIsChosenGoesBesideWhatIsThere() {
    for (RestoreViewModel model : List.of(model(), model(FILE), model("configmap/x"))) {
      assertTrue(model.elsewhereProperty().get());
      assertEquals("shop-restored", model.request().namespace());
      assertEquals(ExistingVolumes.KEEP, model.request().volumes());
      assertEquals(ExistingObjects.SKIP, model.request().existing());
    }
  }

  @Test
  void aFileThatGoesBackToWhereItWasIsWrittenThereOnceThatIsAgreedTo() {
    RestoreViewModel model = model(FILE);
    model.elsewhereProperty().set(false);
    assertEquals(ExistingVolumes.MERGE, model.request().volumes());
    model.go(Step.PLAN);
    RestorePlan plan = model.planProperty().get();
    assertNotNull(plan, () -> model.loadProperty().get().toString());
    assertTrue(plan.destroys());
    assertTrue(plan.preview().safetyBackUp());
    assertFalse(model.readyProperty().get());
    model.agreedProperty().set(true);
    assertTrue(model.readyProperty().get());
    model.plan();
    assertFalse(model.readyProperty().get(), "another plan wants to be agreed to again");
  }

  @Test
  void aNamespaceThatGoesBackLeavesItsPvcsAlone() {
    RestoreViewModel model = model();
    model.elsewhereProperty().set(false);
    assertEquals(ExistingVolumes.KEEP, model.request().volumes());
  }

  @Test
  void whatIsChosenIsCounted() {
    ChosenParts file = Objects.requireNonNull(model(FILE).wishProperty().get());
    assertEquals(1, file.files());
    assertTrue(file.bytes() > 0);
    ChosenParts all = Objects.requireNonNull(model().wishProperty().get());
    assertTrue(all.files() > file.files());
    assertTrue(all.manifests() > 5);
    RestoreViewModel model = model("pvc/uploads", "configmaps");
    ChosenParts some = Objects.requireNonNull(model.wishProperty().get());
    assertTrue(some.files() < all.files() && some.manifests() < all.manifests());
    assertTrue(some.manifests() > 1, some.toString());
    model.choose(List.of());
    assertEquals(ChosenParts.NOTHING, model.wishProperty().get());
    assertTrue(model.nothingProperty().get());
    model.go(Step.PLAN);
    assertEquals(Step.WHERE, model.stepProperty().get(), "nothing chosen is nothing restored");
  }

  @Test
  void aJobIsRepeatedWithTheVerySameWish() {
    JobSpec spec =
        new JobSpec(
            JobKind.RESTORE,
            "sandbox",
            plain.point().clusterId(),
            "copy",
            "/backups",
            Map.of(
                "point", plain.point().id(),
                "only", "pvc/uploads:a\\,b.txt,configmap/app",
                "existing", "OVERWRITE",
                "volumes", "MIRROR",
                "classes", "{standard=immediate}",
                "keepNodePorts", "true"));
    RestoreViewModel model =
        RestoreViewModel.of(plain.desk(), new Place.Restore(plain.point(), spec));
    assertEquals(List.of("pvc/uploads:a,b.txt", "configmap/app"), model.request().only());
    assertEquals("copy", model.request().namespace());
    assertEquals(ExistingObjects.OVERWRITE, model.request().existing());
    assertEquals(ExistingVolumes.MIRROR, model.request().volumes());
    assertEquals(Map.of("standard", "immediate"), model.request().classMap());
    assertTrue(model.request().keepNodePorts());
  }

  @Test
  void aSavedPlanIsRefusedWhenTheClusterHasMovedOn() {
    RestoreViewModel first = model("configmap/" + DemoShop.A_CONFIG_MAP);
    first.elsewhereProperty().set(false);
    first.go(Step.PLAN);
    var saved = Objects.requireNonNull(first.planProperty().get()).saved();
    RestoreViewModel again =
        RestoreViewModel.of(plain.desk(), new Place.Restore(plain.point(), saved));
    again.plan();
    assertNotNull(again.planProperty().get(), () -> again.loadProperty().get().toString());

    plain.sandbox().delete("configmaps", "shop", DemoShop.A_CONFIG_MAP);
    again.plan();
    assertNull(again.planProperty().get());
    Load.Failed failed = assertInstanceOf(Load.Failed.class, again.loadProperty().get());
    assertEquals("restore.plan-outdated", failed.error().code());
    again.go(Step.WHERE);
    again.go(Step.PLAN);
    assertNotNull(again.planProperty().get(), "whoever goes back makes a new plan");
  }
}
