package dev.backstay.ui.window;

import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.browse.SaveFiles;
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
import java.util.ArrayList;
import java.util.List;
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
  public void save(RestorePoint point, List<String> paths) {
    Optional<OpenRepository> holder = desk.repositories().holding(point);
    RepositorySession session = holder.map(OpenRepository::session).orElse(null);
    if (session == null) {
      dialogs.tell(Texts.of("browse.save"), Notice.bad(Texts.of("browse.no-repository")));
      return;
    }
    String begin =
        Path.of(System.getProperty("user.home", "."))
            .resolve(point.namespace() + "-" + point.shortId())
            .toString();
    dialogs.text(
        Texts.of("save.title"),
        Texts.of("save.why", String.join("\n", paths)),
        begin,
        Texts.of("save.action"),
        target -> save(session, point, paths, Path.of(target)));
  }

  private void save(
      RepositorySession session, RestorePoint point, List<String> paths, Path target) {
    new MeteredDialog(dialogs, desk.background())
        .run(
            Texts.of("save.running"),
            Texts.of("save.cancelled", target),
            (cancel, meter) -> {
              List<RestoreFolderOutcome> outcomes = new ArrayList<>();
              for (String path : paths) {
                RestoreFolderRequest request =
                    new RestoreFolderRequest(
                        point.id(), path, target, RestoreFolderRequest.Existing.SKIP, false, false);
                outcomes.add(session.restore(request, cancel, meter));
              }
              return outcomes;
            },
            outcomes -> saved(outcomes, target));
  }

  private void saved(List<RestoreFolderOutcome> outcomes, Path target) {
    long files = outcomes.stream().mapToLong(RestoreFolderOutcome::files).sum();
    long bytes = outcomes.stream().mapToLong(RestoreFolderOutcome::bytes).sum();
    long skipped = outcomes.stream().mapToLong(RestoreFolderOutcome::skipped).sum();
    VBox body = new VBox(8);
    body.getChildren()
        .add(
            Notice.ok(
                Texts.of(
                    "save.done", Texts.count("count.files", files), Amounts.bytes(bytes), target)));
    if (skipped > 0) {
      body.getChildren().add(Notice.warn(Texts.of("save.skipped", skipped)));
    }
    outcomes.forEach(o -> body.getChildren().addAll(Notice.of(o.failures(), true).getChildren()));
    dialogs.tell(Texts.of("save.title"), body);
  }

  private void notSaved(EngineException error) {
    dialogs.tell(Texts.of("save.title"), Notice.of(error));
  }

  @Override
  public void saveComparison(RestorePoint before, RestorePoint after, String path) {
    RepositorySession session =
        desk.repositories().holding(after).map(OpenRepository::session).orElse(null);
    if (session == null) {
      dialogs.tell(Texts.of("compare.json"), Notice.bad(Texts.of("browse.no-repository")));
      return;
    }
    String begin =
        Path.of(System.getProperty("user.home", "."))
            .resolve("diff-" + before.shortId() + "-" + after.shortId() + ".json")
            .toString();
    dialogs.text(
        Texts.of("compare.json"),
        Texts.of("compare.json.why"),
        begin,
        Texts.of("save.action"),
        file -> {
          var _ =
              desk.background()
                  .ask(
                      cancel -> {
                        desk.surroundings()
                            .saveComparison(session, before, after, path, Path.of(file), cancel);
                        return file;
                      },
                      saved ->
                          dialogs.tell(
                              Texts.of("compare.json"),
                              Notice.ok(Texts.of("compare.json.done", saved))),
                      this::notSaved);
        });
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
