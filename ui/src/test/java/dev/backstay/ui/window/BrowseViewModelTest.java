package dev.backstay.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Outcome;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.Secret;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.sandbox.Sandbox;
import dev.backstay.sandbox.SandboxOptions;
import dev.backstay.ui.Desk;
import dev.backstay.ui.browse.BrowseViewModel;
import dev.backstay.ui.browse.ChosenParts;
import dev.backstay.ui.browse.Entry;
import dev.backstay.ui.browse.Limits;
import dev.backstay.ui.browse.PathRules;
import dev.backstay.ui.clusters.Clusters;
import dev.backstay.ui.clusters.Production;
import dev.backstay.ui.fx.Background;
import dev.backstay.ui.jobs.Jobs;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.points.Points;
import dev.backstay.ui.repositories.Repositories;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.ui.shell.Navigator;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.EngineSettings;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.ContextRequest;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the page inside a restore point knows and does, without a toolkit: questions are answered
/// when the test says so.
final class BrowseViewModelTest {

  private static final String UPLOADS = "/volumes/uploads";
  private static final ContextRequest ANY =
      new ContextRequest(null, "", "", List.of(), (_, _) -> false);

  @TempDir static Path folder;

  private static Sandbox sandbox;
  private static Engine engine;
  private static TestSurroundings surroundings;

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private Desk desk;
  private RestorePoint newest;
  private RestorePoint oldest;

  /// Of two restore points, only the newer one holds `late.txt`.
  @BeforeAll
  static void twoRestorePoints() throws IOException {
    sandbox = Sandbox.start(SandboxOptions.in(folder.resolve("cluster")));
    DemoShop.install(sandbox);
    Path repository = folder.resolve("backups");
    surroundings = new TestSurroundings(folder, repository.toString());
    surroundings.keychain.put(repository.toString(), WindowRun.PASSWORD);
    engine =
        Engine.open(
            new EngineSettings(
                Files.createDirectories(folder.resolve("data")),
                Files.createDirectories(folder.resolve("state")),
                Files.createDirectories(folder.resolve("cache")),
                Map.of(),
                InstantSource.system()));
    ContextRequest context =
        new ContextRequest(sandbox.kubeconfig(), "", "", List.of(), (_, _) -> false);
    try (Secret secret = Secret.of(WindowRun.PASSWORD);
        RepositorySession session =
            RepositorySession.init(new RepositoryLocation(repository.toString()), secret);
        ClusterSession cluster = engine.clusters().open(context)) {
      backUp(cluster, session);
      Files.writeString(sandbox.volume("shop", "uploads").resolve("late.txt"), "late");
      backUp(cluster, session);
    }
  }

  private static void backUp(ClusterSession cluster, RepositorySession session) {
    sandbox.settle(Duration.ofSeconds(30));
    assertInstanceOf(
        Outcome.Completed.class,
        engine
            .submit(
                engine.plan(
                    BackUpRequest.of(DemoShop.NAMESPACE), cluster, session, new CancelToken()))
            .await());
  }

  @AfterAll
  static void stop() {
    engine.close();
    sandbox.close();
  }

  @BeforeEach
  void desk() {
    Background background = new Background(waiting::add, Runnable::run);
    Remembered remembered = Remembered.in(folder.resolve("state"));
    Jobs jobs = new Jobs(engine, background);
    desk =
        new Desk(
            engine,
            background,
            new Clusters(engine, background, remembered, jobs, ANY),
            new Production(engine.locks(), background),
            new Repositories(engine, background, surroundings, remembered),
            new Points(engine, background),
            jobs,
            new Navigator(),
            remembered,
            surroundings,
            InstantSource.system());
    desk.repositories().load(() -> {});
    desk.points().load();
    answer();
    newest = desk.points().all().getFirst();
    oldest = desk.points().all().getLast();
  }

  /// Everything that was asked, and what that asks for in turn.
  private void answer() {
    while (!waiting.isEmpty()) {
      waiting.poll().run();
    }
  }

  private BrowseViewModel open(RestorePoint point, String path) {
    BrowseViewModel model = new BrowseViewModel(desk, point, path);
    model.refresh();
    answer();
    return model;
  }

  private static Entry entry(BrowseViewModel model, String name) {
    return model.entries().stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> only(BrowseViewModel model) {
    return ((ChosenParts.Standing.Counted) model.parts().standingProperty().get()).what().only();
  }

  @Test
  void nothingIsRestoredBeforeItIsCounted() {
    BrowseViewModel model = open(newest, UPLOADS);
    model.parts().set(UPLOADS + "/late.txt", true);
    assertInstanceOf(ChosenParts.Standing.Counting.class, model.parts().standingProperty().get());
    model.parts().restore(null);
    assertInstanceOf(Place.Overview.class, desk.navigator().place());
    answer();
    model.parts().restore(null);
    assertEquals(
        new Place.Restore(newest, List.of("pvc/uploads:late.txt")), desk.navigator().place());
  }

  @Test
  void aTickThatIsOlderThanTheLastOneIsNotAnswered() {
    BrowseViewModel model = open(newest, UPLOADS);
    model.parts().set(UPLOADS + "/documents", true);
    model.parts().set(UPLOADS + "/documents", false);
    model.parts().set(UPLOADS + "/late.txt", true);
    answer();
    assertEquals(List.of("pvc/uploads:late.txt"), only(model));
  }

  @Test
  void whatIsNotThereIsNothingAndNeverEverything() {
    BrowseViewModel model = open(newest, UPLOADS);
    model.parts().set(UPLOADS + "/late.txt", true);
    answer();
    model.moveTo(oldest);
    answer();
    assertEquals(List.of(), only(model));
    model.parts().restore(UPLOADS + "/documents");
    assertInstanceOf(Place.Overview.class, desk.navigator().place(), "ticks are the choice");
    model.parts().clear();
    model.parts().restore(null);
    assertEquals(Place.Restore.nothingYet(oldest), desk.navigator().place());
    model.parts().restore(UPLOADS + "/late.txt");
    answer();
    assertEquals(Place.Restore.nothingYet(oldest), desk.navigator().place());
  }

  /// An exclusion without what it is taken out of would mean everything else.
  @Test
  void whatIsTakenOutStaysWithWhatItIsTakenOutOf() {
    BrowseViewModel model = open(newest, "/volumes");
    model.parts().set("/volumes", true);
    model.parts().set("/volumes/data-db-0", false);
    answer();
    assertEquals(List.of("pvc/uploads"), only(model));
    model.parts().set(UPLOADS + "/late.txt", false);
    answer();
    assertEquals(List.of("pvc/uploads", "!pvc/uploads:late.txt"), only(model));
    model.parts().clear();
    model.parts().set(UPLOADS + "/none", true);
    model.parts().set(UPLOADS + "/none/below", false);
    answer();
    assertEquals(List.of(), only(model));
  }

  @Test
  void theManifestOfAPvcBringsItsDataUnlessPartsOfItAreTicked() {
    BrowseViewModel model = open(newest, UPLOADS);
    String claim = "/manifests/core/persistentvolumeclaims/uploads.yaml";
    model.parts().set(claim, true);
    answer();
    assertEquals(List.of("pvc/uploads"), only(model));
    var counted = (ChosenParts.Standing.Counted) model.parts().standingProperty().get();
    assertEquals(1, counted.what().manifests());
    assertTrue(counted.what().files() > 10, "its data is told: " + counted);
    model.parts().set(UPLOADS + "/late.txt", true);
    answer();
    assertEquals(List.of("pvc/uploads:late.txt"), only(model));
  }

  @Test
  void aFileCountsOnce() {
    BrowseViewModel model = open(newest, UPLOADS);
    model.parts().set("/volumes/uploads", true);
    model.parts().set(UPLOADS + "/documents", false);
    model.parts().set(UPLOADS + "/" + DemoShop.A_FILE, true);
    answer();
    long with = ((ChosenParts.Standing.Counted) standing(model)).what().files();
    model.parts().set(UPLOADS + "/" + DemoShop.A_FILE, false);
    answer();
    assertEquals(with - 1, ((ChosenParts.Standing.Counted) standing(model)).what().files());
    assertEquals(PathRules.Chosen.SOME, model.parts().of("/volumes/uploads"));
  }

  private static ChosenParts.Standing standing(BrowseViewModel model) {
    return model.parts().standingProperty().get();
  }

  @Test
  void theChoiceIsKeptWhereItIsAbsent() {
    BrowseViewModel model = open(newest, UPLOADS);
    model.choose(entry(model, "late.txt"));
    model.moveTo(oldest);
    answer();
    assertNull(model.chosenProperty().get());
    assertEquals(UPLOADS + "/late.txt", model.keptProperty().get());
    model.moveTo(newest);
    answer();
    assertEquals("late.txt", Objects.requireNonNull(model.chosenProperty().get()).name());
    model.go(UPLOADS + "/documents");
    answer();
    assertNull(model.keptProperty().get());
    model.up();
    answer();
    assertEquals("documents", Objects.requireNonNull(model.chosenProperty().get()).name());
  }

  @Test
  void aTimeLeadsToTheNewestPointThatIsNotAfterIt() {
    BrowseViewModel model = open(newest, UPLOADS);
    Instant between = newest.time().minusMillis(1);
    assertTrue(model.moveTo(between));
    assertEquals(oldest, model.point());
    assertTrue(model.moveTo(newest.time()));
    assertEquals(newest, model.point());
    assertFalse(model.moveTo(oldest.time().minusMillis(1)));
    assertEquals(newest, model.point());
  }

  @Test
  void aSearchStaysASearch() {
    BrowseViewModel model = open(newest, "/volumes");
    model.filterProperty().set("late.txt");
    model.find();
    answer();
    assertEquals(List.of("late.txt"), model.entries().stream().map(Entry::name).toList());
    model.moveTo(oldest);
    answer();
    assertInstanceOf(Load.Empty.class, model.loadProperty().get());
    model.moveTo(newest);
    answer();
    assertEquals(1, model.entries().size());
    model.filterProperty().set("");
    answer();
    assertEquals(2, model.entries().size());
  }

  @Test
  void aSearchMayHaveNoWordsButLimits() {
    BrowseViewModel model = open(newest, UPLOADS);
    model.find();
    assertTrue(waiting.isEmpty(), "nothing to look for");
    model.limitsProperty().set(new Limits(null, null, null, 5L));
    model.find();
    answer();
    assertTrue(model.findingProperty().get());
    assertEquals(List.of("late.txt"), model.entries().stream().map(Entry::name).toList());
    model.limitsProperty().set(Limits.NONE);
    answer();
    assertFalse(model.findingProperty().get());
  }
}
