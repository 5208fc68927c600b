package dev.backstay.ui.window;

import dev.backstay.model.CancelToken;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.EngineSettings;
import dev.backstay.workflow.MoverOptions;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.ContextRequest;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A process of its own that backs a namespace up, as the command line does beside the window.
final class OtherProcess {

  private OtherProcess() {}

  static Process backUp(WindowRun run, String namespace) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName(),
            run.folder.toString(),
            run.kubeconfig().toString(),
            run.repository.toString(),
            namespace)
        .inheritIO()
        .start();
  }

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    EngineSettings settings =
        new EngineSettings(
            folder.resolve("data"),
            folder.resolve("state"),
            folder.resolve("cache"),
            Map.of("PATH", System.getenv().getOrDefault("PATH", "")),
            InstantSource.system(),
            MoverOptions.DEFAULT,
            List::of);
    ContextRequest context =
        new ContextRequest(Path.of(args[1]), "", "", List.of(), (_, _) -> false);
    try (Engine engine = Engine.open(settings);
        Secret secret = Secret.of(WindowRun.PASSWORD);
        RepositorySession session =
            RepositorySession.open(new RepositoryLocation(args[2]), secret);
        ClusterSession cluster = engine.clusters().open(context)) {
      var _ =
          engine
              .submit(engine.plan(BackUpRequest.of(args[3]), cluster, session, new CancelToken()))
              .await();
    }
  }
}
