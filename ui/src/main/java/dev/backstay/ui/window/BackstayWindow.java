package dev.backstay.ui.window;

import atlantafx.base.controls.ModalPane;
import dev.backstay.ui.Desk;
import dev.backstay.ui.Surroundings;
import dev.backstay.ui.clusters.Clusters;
import dev.backstay.ui.clusters.ContextLabel;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.clusters.Production;
import dev.backstay.ui.clusters.SidebarController;
import dev.backstay.ui.fx.Background;
import dev.backstay.ui.fx.Fxml;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.jobs.Jobs;
import dev.backstay.ui.jobs.StatusBar;
import dev.backstay.ui.palette.Finding;
import dev.backstay.ui.palette.Findings;
import dev.backstay.ui.palette.PalettePane;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.points.Points;
import dev.backstay.ui.repositories.PasswordDialog;
import dev.backstay.ui.repositories.Repositories;
import dev.backstay.ui.settings.LookStore;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.ui.shell.Keys;
import dev.backstay.ui.shell.Navigator;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.shell.ShellController;
import dev.backstay.ui.theme.Theme;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ContextRequest;
import dev.backstay.workflow.job.JobHandle;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

/// The window: put together, shown, and closed again. For the FX thread.
public final class BackstayWindow {

  private static final double WIDTH = 1280;
  private static final double HEIGHT = 800;
  private static final Duration HANG = Duration.ofSeconds(10);

  private final Stage stage;
  private final Desk desk;
  private final Theme theme;
  private final ShellController shell;
  private final Dialogs dialogs;
  private final Changes changes;
  private final ProductionBadge badge;
  private final LastEnd lastEnd;
  private final Heartbeat heartbeat;
  private boolean askedToClose;

  /// @param remembered what stays from start to start, read already
  /// @param contexts the kubeconfig and whom to impersonate; who may run programs is asked here
  public BackstayWindow(
      Stage stage,
      Engine engine,
      Remembered remembered,
      ContextRequest contexts,
      Surroundings surroundings,
      InstantSource clock) {
    this.stage = stage;
    Background background = Background.ofToolkit();
    ModalPane over = new ModalPane();
    over.setId("over");
    this.dialogs = new Dialogs(over);
    ContextRequest asking =
        new ContextRequest(
            contexts.kubeconfig(),
            contexts.context(),
            contexts.asUser(),
            contexts.asGroups(),
            new TrustDialog(dialogs));
    Jobs jobs = new Jobs(engine, background);
    this.desk =
        new Desk(
            engine,
            background,
            new Clusters(engine, background, remembered, jobs, asking),
            new Production(engine.locks(), background),
            new Repositories(engine, background, surroundings, remembered),
            new Points(engine, background),
            jobs,
            new Navigator(),
            remembered,
            surroundings,
            clock);
    desk.repositories().setAsking(new PasswordDialog(desk, dialogs));
    this.theme = new Theme(LookStore.get(remembered));
    SidebarController sidebar =
        new SidebarController(desk, this::askNamespace, this::closeContext, this::mark);
    Parent clusters = Fxml.load(sidebar);
    this.shell =
        new ShellController(
            desk,
            new WindowScreens(desk, theme, dialogs, new Files(desk, dialogs, stage), this::find),
            clusters,
            new StatusBar(desk));
    Parent root = Fxml.load(shell);
    shell.node().getChildren().add(over);
    shell.setOnFind(this::find);
    shell.setOnKeys(this::keys);
    this.changes = new Changes(desk);
    this.badge = new ProductionBadge(desk, shell, dialogs);
    this.lastEnd = new LastEnd(desk, shell.strip());
    CrashReport reports = new CrashReport(desk, dialogs);
    Thread.setDefaultUncaughtExceptionHandler(reports);
    this.heartbeat = new Heartbeat(reports, HANG);
    Scene scene = new Scene(root, WIDTH, HEIGHT);
    theme.follow(scene);
    new Shortcuts(desk, shell, theme, dialogs, this::find, this::keys, this::quit).install(scene);
    stage.setScene(scene);
    stage.setTitle("Backstay");
    stage.setMinWidth(900);
    stage.setMinHeight(600);
    stage.getIcons().setAll(WindowIcon.all());
    stage.setOnCloseRequest(this::closing);
    desk.navigator().placeProperty().subscribe(place -> stage.setTitle(title(place)));
  }

  private static String title(Place place) {
    return switch (place) {
      case Place.Namespace n -> n.namespace() + " – " + n.cluster().key().label() + " – Backstay";
      case Place.Browse b -> b.point().namespace() + " – Backstay";
      default -> "Backstay";
    };
  }

  /// Shows it and begins to read what there is; nothing is contacted.
  public void show() {
    Bounds.restore(stage, desk.remembered());
    stage.show();
    desk.clusters().reload(() -> {});
    desk.repositories().load(() -> desk.points().load());
    desk.points().load();
    desk.jobs().tidy();
    changes.start();
    badge.start();
    new JobNotices(desk, shell.notices()).start();
    new AwayStores(desk, shell.strip()).start();
    lastEnd.begin();
    heartbeat.start();
  }

  /// Does what a start asks for.
  public void grant(WindowWish wish) {
    new Wishes(desk, dialogs).grant(wish);
  }

  /// Opens a context and goes to one of its namespaces.
  public void open(String context, String namespace) {
    grant(new WindowWish(context, namespace, "", ""));
  }

  /// Opens a context and stays where the user is.
  public void connect(String context) {
    desk.clusters().reload(() -> desk.clusters().named(context).ifPresent(desk.clusters()::open));
  }

  /// Before everything else on the screen.
  public void toFront() {
    stage.setIconified(false);
    stage.show();
    stage.toFront();
    stage.requestFocus();
  }

  public Desk desk() {
    return desk;
  }

  public Dialogs dialogs() {
    return dialogs;
  }

  public Theme theme() {
    return theme;
  }

  private void find() {
    if (!dialogs.isShown()) {
      new PalettePane(dialogs, findings(), shell::find).open();
    }
  }

  /// What the palette has at hand.
  List<Finding> findings() {
    List<Finding> actions = new ArrayList<>(shell.actions());
    for (OpenCluster cluster : desk.clusters().all()) {
      String name = cluster.key().label();
      String icon = "mdi2s-shield-lock-outline";
      String text = Texts.of("sidebar.mark");
      actions.add(Finding.of("palette.action", icon, text, name, () -> mark(cluster)));
      if (cluster.standing() == OpenCluster.Standing.OPEN) {
        String close = Texts.of("sidebar.close.action");
        Runnable what = () -> closeContext(cluster);
        actions.add(Finding.of("palette.action", "mdi2l-lan-disconnect", close, name, what));
      }
    }
    return Findings.of(desk, actions);
  }

  /// Asks what a context is.
  void mark(OpenCluster cluster) {
    new MarkDialog(desk, dialogs).ask(cluster);
  }

  private void keys() {
    dialogs.tell(Texts.of("keys.title"), Keys.sheet());
  }

  private void askNamespace(OpenCluster cluster) {
    dialogs.text(
        Texts.of("sidebar.add-namespace"),
        Texts.of("sidebar.add-namespace.why", cluster.key().label()),
        "",
        Texts.of("sidebar.add-namespace.action"),
        name -> {
          desk.clusters().open(cluster, _ -> desk.clusters().pin(cluster, name));
          desk.navigator().go(new Place.Namespace(cluster, name));
        });
  }

  private void quit() {
    stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
  }

  /// Running jobs are named before they are cut off.
  private void closing(WindowEvent event) {
    int running = desk.jobs().running().size();
    if (running == 0) {
      close();
      return;
    }
    event.consume();
    if (!askedToClose) {
      askedToClose = true;
      String title = Texts.count("close.title", running);
      String action = Texts.of("close.action");
      Region card =
          dialogs.confirm(title, Section.text(Texts.of("close.why")), action, true, this::close);
      Dialogs.onClosed(card, () -> askedToClose = false);
    }
  }

  /// Closes a context. The jobs that use it are named before they are cut off.
  void closeContext(OpenCluster cluster) {
    List<JobHandle> using = desk.clusters().jobs(cluster);
    if (using.isEmpty()) {
      desk.clusters().close(cluster);
      return;
    }
    VBox body =
        new VBox(
            8,
            new ContextLabel(desk.production(), cluster.key().name()),
            Section.text(Texts.of("close.context.why", cluster.key().label())));
    var _ =
        dialogs.confirm(
            Texts.count("close.context.title", using.size()),
            body,
            Texts.of("close.action"),
            true,
            () -> {
              using.forEach(JobHandle::cancel);
              desk.clusters().close(cluster);
            });
  }

  /// Sessions stay open: jobs clean up with them until the engine is closed.
  void close() {
    Bounds.keep(stage, desk.remembered());
    lastEnd.end();
    heartbeat.close();
    badge.close();
    changes.close();
    stage.hide();
  }
}
