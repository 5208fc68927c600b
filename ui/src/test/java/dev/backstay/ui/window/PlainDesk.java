package dev.backstay.ui.window;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Outcome;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.Secret;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.sandbox.Sandbox;
import dev.backstay.sandbox.SandboxOptions;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.Clusters;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.clusters.Production;
import dev.backstay.ui.fx.Background;
import dev.backstay.ui.jobs.Jobs;
import dev.backstay.ui.points.Points;
import dev.backstay.ui.repositories.Repositories;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.ui.shell.Navigator;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.EngineSettings;
import dev.backstay.workflow.MoverOptions;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.ContextRequest;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What view models work on, without a toolkit: the demo shop with one restore point, everything
/// real, and every question answered at once on the asking thread.
public final class PlainDesk implements AutoCloseable {

  private final Sandbox sandbox;
  private final Engine engine;
  private final Desk desk;
  private final TestSurroundings surroundings;

  private PlainDesk(Sandbox sandbox, Engine engine, Desk desk, TestSurroundings surroundings) {
    this.sandbox = sandbox;
    this.engine = engine;
    this.desk = desk;
    this.surroundings = surroundings;
  }

  public static PlainDesk open(Path folder) throws IOException {
    Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder.resolve("cluster")));
    DemoShop.install(sandbox).presentState();
    sandbox.settle(Duration.ofSeconds(60));
    Path repository = folder.resolve("backups");
    TestSurroundings surroundings = new TestSurroundings(folder, repository.toString());
    surroundings.keychain.put(repository.toString(), WindowRun.PASSWORD);
    Path state = Files.createDirectories(folder.resolve("state"));
    Engine engine =
        Engine.open(
            new EngineSettings(
                Files.createDirectories(folder.resolve("data")),
                state,
                Files.createDirectories(folder.resolve("cache")),
                Map.of("PATH", System.getenv().getOrDefault("PATH", "")),
                InstantSource.system(),
                MoverOptions.DEFAULT,
                () -> surroundings.marks));
    ContextRequest contexts =
        new ContextRequest(sandbox.kubeconfig(), "", "", List.of(), (_, _) -> false);
    backUp(engine, contexts, repository);
    Background atOnce = new Background(Runnable::run, Runnable::run);
    Remembered remembered = Remembered.in(state);
    Jobs jobs = new Jobs(engine, atOnce);
    Desk desk =
        new Desk(
            engine,
            atOnce,
            new Clusters(engine, atOnce, remembered, jobs, contexts),
            new Production(engine.locks(), atOnce),
            new Repositories(engine, atOnce, surroundings, remembered),
            new Points(engine, atOnce),
            jobs,
            new Navigator(),
            remembered,
            surroundings,
            InstantSource.system());
    desk.clusters().reload(() -> {});
    desk.clusters().open(desk.clusters().all().getFirst());
    desk.repositories().load(() -> desk.points().load());
    return new PlainDesk(sandbox, engine, desk, surroundings);
  }

  private static void backUp(Engine engine, ContextRequest contexts, Path repository) {
    try (Secret secret = Secret.of(WindowRun.PASSWORD);
        RepositorySession session =
            RepositorySession.init(new RepositoryLocation(repository.toString()), secret);
        ClusterSession cluster = engine.clusters().open(contexts)) {
      BackUpRequest request = BackUpRequest.of(DemoShop.NAMESPACE);
      Outcome outcome =
          engine.submit(engine.plan(request, cluster, session, new CancelToken())).await();
      if (!(outcome instanceof Outcome.Completed)) {
        throw new AssertionError(outcome);
      }
    }
  }

  public Desk desk() {
    return desk;
  }

  public Sandbox sandbox() {
    return sandbox;
  }

  /// From now on nobody knows the repository's password.
  public void forgetPassword() {
    surroundings.keychain.clear();
  }

  public OpenCluster cluster() {
    return desk.clusters().all().getFirst();
  }

  public RestorePoint point() {
    return desk.points().all().getFirst();
  }

  @Override
  public void close() {
    desk.clusters().sessions().forEach(ClusterSession::close);
    engine.close();
    sandbox.close();
  }
}
