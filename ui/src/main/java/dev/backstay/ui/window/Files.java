package dev.backstay.ui.window;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.browse.PathRules;
import dev.backstay.ui.browse.SaveFiles;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.MeteredDialog;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.repositories.OpenRepository;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.RestoreFolderOutcome;
import dev.backstay.workflow.repository.RestoreFolderRequest;
import dev.backstay.workflow.restore.RestorePlan;
import dev.backstay.workflow.restore.SavedRestorePlan;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// What the window writes to and reads from the laptop's own folders; asks where.
final class Files implements SaveFiles {

  private final Desk desk;
  private final Dialogs dialogs;
  private final Stage stage;

  Files(Desk desk, Dialogs dialogs, Stage stage) {
    this.desk = desk;
    this.dialogs = dialogs;
    this.stage = stage;
  }

  /// Saves parts of a restore point into a folder; asks which.
  @Override
  public void save(RestorePoint point, PathRules parts) {
    Optional<OpenRepository> holder = desk.repositories().holding(point);
    RepositorySession session = holder.map(OpenRepository::session).orElse(null);
    if (session == null) {
      dialogs.tell(Texts.of("browse.save"), Notice.bad(Texts.of("browse.no-repository")));
      return;
    }
    new SaveDialog(dialogs, point, parts).ask(request -> save(session, request));
  }

  private void save(RepositorySession session, RestoreFolderRequest request) {
    new MeteredDialog(dialogs, desk.background())
        .run(
            Texts.of("save.running"),
            Texts.of("save.cancelled", request.target()),
            (cancel, meter) -> session.restore(request, cancel, meter),
            outcome -> saved(outcome, request.target()));
  }

  private void saved(RestoreFolderOutcome outcome, Path target) {
    String files = Texts.count("count.files", outcome.files());
    String done = Texts.of("save.done", files, Amounts.bytes(outcome.bytes()), target);
    VBox body = new VBox(8, outcome.files() > 0 ? Notice.ok(done) : Notice.warn(done));
    if (outcome.skipped() > 0) {
      body.getChildren().add(Notice.warn(Texts.of("save.skipped", outcome.skipped())));
    }
    body.getChildren().addAll(Notice.of(outcome.failures(), true).getChildren());
    dialogs.tell(Texts.of("save.title"), body);
  }

  private void notSaved(EngineException error) {
    dialogs.tell(Texts.of("save.title"), Notice.of(error));
  }

  @Override
  public void saveComparison(RestorePoint before, RestorePoint after, String path) {
    comparison(
        after,
        "diff-" + before.shortId() + "-" + after.shortId(),
        (session, file, cancel) ->
            desk.surroundings().saveComparison(session, before, after, path, file, cancel));
  }

  @Override
  public void saveComparison(RestorePoint before, OpenCluster.Opened cluster, String path) {
    comparison(
        before,
        "diff-" + before.shortId() + "-live",
        (session, file, cancel) ->
            desk.surroundings()
                .saveComparison(session, before, cluster.session(), path, file, cancel));
  }

  /// Writes a document.
  @FunctionalInterface
  private interface Document {
    void write(RepositorySession session, Path file, CancelToken cancel);
  }

  private void comparison(RestorePoint point, String name, Document document) {
    RepositorySession session =
        desk.repositories().holding(point).map(OpenRepository::session).orElse(null);
    if (session == null) {
      dialogs.tell(Texts.of("compare.json"), Notice.bad(Texts.of("browse.no-repository")));
      return;
    }
    dialogs.text(
        Texts.of("compare.json"),
        Texts.of("compare.json.why"),
        Path.of(System.getProperty("user.home", ".")).resolve(name + ".json").toString(),
        Texts.of("save.action"),
        file -> write(session, document, Path.of(file)));
  }

  private void write(RepositorySession session, Document document, Path file) {
    var _ =
        desk.background()
            .ask(
                cancel -> {
                  document.write(session, file, cancel);
                  return file;
                },
                saved ->
                    dialogs.tell(
                        Texts.of("compare.json"), Notice.ok(Texts.of("compare.json.done", saved))),
                this::notSaved);
  }

  /// Saves a restore's plan as YAML, for `backstay restore --plan`.
  void savePlan(RestorePlan plan) {
    String begin =
        Path.of(System.getProperty("user.home", "."))
            .resolve("restore-" + plan.preview().namespace() + ".yaml")
            .toString();
    dialogs.text(
        Texts.of("plan.save.title"),
        Texts.of("plan.save.why"),
        begin,
        Texts.of("save.action"),
        file -> write(plan, Path.of(file)));
  }

  private void write(RestorePlan plan, Path file) {
    var _ =
        desk.background()
            .ask(
                _ -> {
                  try {
                    java.nio.file.Files.writeString(file, plan.saved().toYaml());
                  } catch (IOException e) {
                    throw new dev.backstay.model.StorageException(
                        "plan.not-saved",
                        file + " cannot be written: " + e.getMessage(),
                        "choose another place",
                        e);
                  }
                  return file;
                },
                saved ->
                    dialogs.tell(
                        Texts.of("plan.save.title"),
                        Notice.ok(Texts.of("plan.save.done", saved.toString()))),
                this::notSaved);
  }

  /// Opens a plan that was saved, here or by `backstay restore --save-plan`: it is planned again,
  /// and refused if the cluster has moved on.
  void openPlan() {
    dialogs.text(
        Texts.of("plan.open.title"),
        Texts.of("plan.open.why"),
        Path.of(System.getProperty("user.home", ".")).resolve("restore.yaml").toString(),
        Texts.of("plan.open.action"),
        file -> {
          var _ = desk.background().ask(_ -> read(Path.of(file)), this::opened, this::notOpened);
        });
  }

  private static SavedRestorePlan read(Path file) {
    try (InputStream in = java.nio.file.Files.newInputStream(file)) {
      return SavedRestorePlan.parse(in.readNBytes(SavedRestorePlan.LARGEST + 1));
    } catch (IOException e) {
      throw new InvalidInputException(
          "restore.bad-plan",
          "the plan " + file + " cannot be read: " + e.getMessage(),
          "name the file that was saved",
          e);
    }
  }

  private void opened(SavedRestorePlan plan) {
    Optional<RestorePoint> point =
        desk.points().all().stream().filter(p -> p.id().equals(plan.request().point())).findFirst();
    if (point.isEmpty() || desk.clusters().named(plan.context()).isEmpty()) {
      dialogs.tell(
          Texts.of("plan.open.title"),
          Notice.bad(
              Texts.of(
                  point.isEmpty() ? "plan.open.no-point" : "plan.open.no-context",
                  point.isEmpty() ? plan.request().point() : plan.context())));
      return;
    }
    desk.navigator().go(new Place.Restore(point.get(), plan));
  }

  private void notOpened(EngineException error) {
    dialogs.tell(Texts.of("plan.open.title"), Notice.of(error));
  }

  /// Asks for a kubeconfig.
  void kubeconfig(Consumer<String> then) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(Texts.of("settings.kubeconfigs.add"));
    @Nullable File chosen = chooser.showOpenDialog(stage);
    if (chosen != null) {
      then.accept(chosen.getPath());
    }
  }
}
