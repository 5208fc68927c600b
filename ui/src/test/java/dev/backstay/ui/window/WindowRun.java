package dev.backstay.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Outcome;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.sandbox.Sandbox;
import dev.backstay.sandbox.SandboxOptions;
import dev.backstay.ui.jobs.Jobs;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.ui.theme.Look;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.EngineSettings;
import dev.backstay.workflow.MoverOptions;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.ContextRequest;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Toggle;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// A window on a sandbox, as a user has it before them: real cluster API, real repository, real
/// catalog, drawn by JavaFX's Headless platform.
final class WindowRun implements AutoCloseable {

  static final String PASSWORD = "correct horse battery";
  private static final Path SHOTS = Path.of("target", "screenshots");

  final Engine engine;
  final Path folder;
  final TestSurroundings surroundings;
  final Path repository;
  private final Remembered remembered;
  private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
  private final InstantSource clock = () -> Instant.now().plus(passed.get());
  private final Start start;
  private final BackstayWindow window;
  private final Stage stage;
  private @Nullable String kubeconfigs;
  private Jobs.@Nullable Ended ended;

  /// Where a window is run.
  ///
  /// @param kubeconfig null for what the environment says
  private record Start(
      Path folder,
      @Nullable Sandbox sandbox,
      boolean ownSandbox,
      boolean withRepository,
      @Nullable Path kubeconfig,
      Map<String, String> environment) {

    static Start own(Path folder, Sandbox sandbox, boolean withRepository) {
      return new Start(folder, sandbox, true, withRepository, sandbox.kubeconfig(), Map.of());
    }
  }

  private WindowRun(Start start) throws IOException {
    this.start = start;
    this.folder = start.folder();
    this.repository = folder.resolve("backups");
    Path state = Files.createDirectories(folder.resolve("state"));
    this.surroundings =
        new TestSurroundings(folder, start.withRepository() ? repository.toString() : null);
    Map<String, String> environment = new HashMap<>(start.environment());
    environment.put("PATH", System.getenv().getOrDefault("PATH", ""));
    this.engine =
        Engine.open(
            new EngineSettings(
                Files.createDirectories(folder.resolve("data")),
                state,
                Files.createDirectories(folder.resolve("cache")),
                environment,
                clock,
                MoverOptions.DEFAULT,
                () -> surroundings.marks));
    if (start.withRepository()) {
      surroundings.keychain.put(repository.toString(), PASSWORD);
    }
    this.remembered = Remembered.in(state);
    this.stage = Toolkit.on(Stage::new);
    this.window =
        Toolkit.on(
            () -> new BackstayWindow(stage, engine, remembered, contexts(), surroundings, clock));
  }

  private ContextRequest contexts() {
    return new ContextRequest(start.kubeconfig(), "", "", List.of(), (_, _) -> false);
  }

  /// Lets the clock of window and engine jump.
  void pass(Duration time) {
    passed.updateAndGet(before -> before.plus(time));
  }

  /// Content and time of the kubeconfig: nothing that the window does may change it.
  private String kubeconfigs() throws IOException {
    Path file = start.kubeconfig();
    return file == null
        ? ""
        : Files.getLastModifiedTime(file)
            + "\n"
            + Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  /// The cluster of the test's own, if it has one.
  Sandbox sandbox() {
    return Objects.requireNonNull(start.sandbox());
  }

  Path kubeconfig() {
    return Objects.requireNonNull(start.kubeconfig());
  }

  /// From now on the test itself writes the kubeconfig.
  void writesKubeconfig() {
    kubeconfigs = null;
  }

  /// Another window on a sandbox that somebody else closes.
  static WindowRun on(
      Sandbox sandbox, Path folder, @Nullable Path kubeconfig, Map<String, String> environment)
      throws IOException {
    Files.createDirectories(folder);
    WindowRun run =
        new WindowRun(new Start(folder, sandbox, false, false, kubeconfig, environment));
    run.show();
    return run;
  }

  /// A window on the cluster that `KUBECONFIG` names, with an empty repository.
  static WindowRun onCluster(Path folder) throws IOException {
    Map<String, String> environment =
        Map.of("KUBECONFIG", Objects.requireNonNull(System.getenv("KUBECONFIG"), "KUBECONFIG"));
    WindowRun run = new WindowRun(new Start(folder, null, false, true, null, environment));
    try (Secret secret = Secret.of(PASSWORD)) {
      RepositorySession.init(new RepositoryLocation(run.repository.toString()), secret).close();
    }
    run.show();
    return run;
  }

  /// Does something to the repository before the window opens.
  interface Preparing {
    void with(RepositorySession session, WindowRun run);
  }

  /// The demo shop with three restore points, and the window on its overview.
  static WindowRun shop(Path folder) throws IOException {
    return shop(folder, (_, _) -> {});
  }

  static WindowRun shop(Path folder, Preparing preparing) throws IOException {
    Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder.resolve("cluster")));
    DemoShop shop = DemoShop.install(sandbox);
    WindowRun run = new WindowRun(Start.own(folder, sandbox, true));
    try (Secret secret = Secret.of(PASSWORD);
        RepositorySession session =
            RepositorySession.init(new RepositoryLocation(run.repository.toString()), secret);
        ClusterSession cluster = run.session()) {
      for (int state = 0; state < DemoShop.EARLIER_STATES; state++) {
        shop.earlierState(state);
        run.backUp(cluster, session);
      }
      shop.presentState();
      run.backUp(cluster, session);
      preparing.with(session, run);
    }
    run.show();
    return run;
  }

  /// The demo shop, no repository.
  static WindowRun bare(Path folder) throws IOException {
    return bare(folder, Map.of());
  }

  /// @param environment what the process was started with, besides `PATH`
  static WindowRun bare(Path folder, Map<String, String> environment) throws IOException {
    Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder.resolve("cluster")));
    DemoShop.install(sandbox);
    WindowRun run =
        new WindowRun(new Start(folder, sandbox, true, false, sandbox.kubeconfig(), environment));
    run.show();
    return run;
  }

  ClusterSession session() {
    return engine.clusters().open(contexts());
  }

  void backUp(ClusterSession cluster, RepositorySession session) {
    sandbox().settle(Duration.ofSeconds(30));
    Outcome outcome =
        engine
            .submit(
                engine.plan(
                    BackUpRequest.of(DemoShop.NAMESPACE), cluster, session, new CancelToken()))
            .await();
    if (!(outcome instanceof Outcome.Completed)) {
      throw new AssertionError(outcome);
    }
  }

  void show() throws IOException {
    kubeconfigs = kubeconfigs();
    Toolkit.run(() -> {
      window.theme().change(Look.DEFAULT.withMode(Look.Mode.LIGHT));
      stage.setWidth(1280);
      stage.setHeight(800);
      window.show();
    });
    until("the contexts are listed", () -> !window.desk().clusters().all().isEmpty());
  }

  BackstayWindow window() {
    return window;
  }

  Stage stage() {
    return stage;
  }

  void until(String what, BooleanSupplier condition) {
    Toolkit.until(what, condition);
  }

  /// A visible node by its id, waited for; on the FX thread, which would wait for itself, it has to
  /// be there.
  Node node(String id) {
    if (Platform.isFxApplicationThread()) {
      Node node = find(id);
      if (node == null) {
        throw new Toolkit.AbsentError("#" + id + " is not there");
      }
      return node;
    }
    AtomicReference<@Nullable Node> found = new AtomicReference<>();
    until(
        "there is #" + id,
        () -> {
          found.set(find(id));
          return found.get() != null;
        });
    return Objects.requireNonNull(found.get());
  }

  private @Nullable Node find(String id) {
    return stage.getScene().getRoot().lookupAll("#" + id).stream()
        .filter(WindowRun::visible)
        .findFirst()
        .orElse(null);
  }

  static boolean visible(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  boolean has(String id) {
    return Toolkit.on(
        () -> stage.getScene().getRoot().lookupAll("#" + id).stream().anyMatch(WindowRun::visible));
  }

  /// Presses a button once it can be pressed: the one that is there then, which may be another one
  /// than a moment before.
  void press(String id) {
    until(
        "#" + id + " can be pressed",
        () -> {
          boolean ready = find(id) instanceof ButtonBase button && !button.isDisabled();
          if (ready) {
            ((ButtonBase) Objects.requireNonNull(find(id))).fire();
          }
          return ready;
        });
  }

  /// Whether there is a button of that id that can be pressed; never waits.
  boolean ready(String id) {
    return Toolkit.on(() -> find(id) instanceof ButtonBase button && !button.isDisabled());
  }

  boolean disabled(String id) {
    Node node = node(id);
    return Toolkit.on(node::isDisabled);
  }

  boolean chosen(String id) {
    Toggle toggle = (Toggle) node(id);
    return Toolkit.on(toggle::isSelected);
  }

  void type(String id, String text) {
    TextInputControl field = (TextInputControl) node(id);
    Toolkit.run(() -> field.setText(text));
  }

  String text(String id) {
    Node node = node(id);
    return Toolkit.on(() ->
        node instanceof Labeled labeled ? labeled.getText() : ((TextInputControl) node).getText());
  }

  /// Whether a visible node has that text in it; never waits.
  boolean shows(String id, String part) {
    return Toolkit.on(() ->
        stage.getScene().getRoot().lookupAll("#" + id).stream()
            .filter(WindowRun::visible)
            .anyMatch(node ->
                node instanceof Labeled labeled
                    && labeled.getText() != null
                    && labeled.getText().contains(part)));
  }

  /// Whether something visible of that kind has that text in it; never waits.
  boolean says(String selector, String part) {
    return Toolkit.on(() ->
        stage.getScene().getRoot().lookupAll(selector).stream()
            .filter(WindowRun::visible)
            .anyMatch(node -> text(node).contains(part)));
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    if (node instanceof Labeled labeled && labeled.getText() != null) {
      text.append(labeled.getText()).append('\n');
    }
    if (node instanceof javafx.scene.Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> text.append(text(child)));
    }
    return text.toString();
  }

  /// Waits for a job to end, another one than the last time.
  Jobs.Ended nextEnd() {
    var last = window.desk().jobs().lastProperty();
    until("a job ended", () -> last.get() != null && !last.get().equals(ended));
    ended = Toolkit.on(() -> Objects.requireNonNull(last.get()));
    return ended;
  }

  /// Draws the window into `target/screenshots`.
  void shot(String name) {
    settle();
    write(name, Toolkit.on(() -> stage.getScene().snapshot(null)));
  }

  private static void write(String name, WritableImage image) {
    try {
      Files.createDirectories(SHOTS);
      assertNotNull(image);
      ImageIO.write(
          SwingFXUtils.fromFXImage(image, null), "png", SHOTS.resolve(name + ".png").toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Draws what the window would be in another size. The Headless platform's screen is 1000 by 1000
  /// and cannot draw a larger stage, so the stage stays as it is.
  void shot(String name, int width, int height) {
    settle();
    write(
        name,
        Toolkit.on(() -> {
          javafx.scene.Parent root = stage.getScene().getRoot();
          for (int pass = 0; pass < 3; pass++) {
            root.resize(width, height);
            root.applyCss();
            root.layout();
          }
          WritableImage image = root.snapshot(null, new WritableImage(width, height));
          root.requestLayout();
          return image;
        }));
  }

  /// In both themes.
  void shots(String name) {
    shot(name);
    Toolkit.run(() -> window.theme().change(Look.DEFAULT.withMode(Look.Mode.DARK)));
    shot(name + "-dark");
    Toolkit.run(() -> window.theme().change(Look.DEFAULT.withMode(Look.Mode.LIGHT)));
  }

  /// Lets animations and pending layout come to their end.
  void settle() {
    for (int i = 0; i < 12; i++) {
      Toolkit.run(() -> stage.getScene().getRoot().layout());
      try {
        Thread.sleep(30);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  Set<Node> all(String selector) {
    return Toolkit.on(() -> stage.getScene().getRoot().lookupAll(selector));
  }

  /// Closes the window, jobs or not, as the program does.
  List<ClusterSession> leave() {
    return Toolkit.on(() -> {
      window.theme().leave(stage.getScene());
      if (stage.isShowing()) {
        window.close();
      }
      return window.desk().clusters().sessions();
    });
  }

  @Override
  public void close() {
    assertFalse(has("crash-text"), "the window met an error that nobody caught");
    List<ClusterSession> open = leave();
    engine.close();
    open.forEach(ClusterSession::close);
    remembered.flush(); // nothing is written any more once the test's folder is removed
    if (kubeconfigs != null) {
      try {
        assertTrue(kubeconfigs.equals(kubeconfigs()), "a kubeconfig was written");
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    if (start.ownSandbox()) {
      sandbox().close();
    }
    assertEquals(List.of(), FacadeGuard.violations(), "calls that may wait, on the FX thread");
  }
}
