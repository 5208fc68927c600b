package dev.backstay.ui.about;

import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Facts;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.SystemClipboard;
import dev.backstay.ui.repositories.OpenRepository;
import dev.backstay.ui.shell.Screen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Versions, folders, every connection that leaves this machine, and the text of a good bug report.
public final class AboutController implements Screen {

  private static final int LINES = 200;

  @FXML private BorderPane root;
  @FXML private VBox parts;

  private final Desk desk;
  private final @Nullable Image icon;

  public AboutController(Desk desk, @Nullable Image icon) {
    this.desk = desk;
    this.icon = icon;
  }

  @FXML
  void initialize() {
    Button copy = new Button(Texts.of("about.copy"), Icons.of("mdi2c-content-copy"));
    copy.setId("copy-diagnostics");
    copy.setOnAction(_ -> copy(copy));
    parts
        .getChildren()
        .setAll(
            head(),
            new Section(Texts.of("about.versions"), facts(versions())),
            new Section(Texts.of("about.folders"), facts(folders())),
            new Section(
                Texts.of("about.connections"),
                Section.text(Texts.of("about.connections.why"), "muted"),
                facts(connections())),
            new Section(
                Texts.of("about.diagnostics"),
                Section.text(Texts.of("about.diagnostics.why"), "muted"),
                copy));
  }

  private Node head() {
    Label name = new Label("Backstay " + desk.surroundings().version());
    name.getStyleClass().add("heading");
    VBox text =
        new VBox(
            4,
            name,
            Section.text(Texts.of("about.what")),
            Section.text(Texts.of("about.licence"), "muted"));
    HBox head = new HBox(16, text);
    if (icon != null) {
      ImageView view = new ImageView(icon);
      view.setFitWidth(64);
      view.setFitHeight(64);
      view.setAccessibleText("Backstay");
      head.getChildren().addFirst(view);
    }
    return head;
  }

  private Map<String, String> versions() {
    Map<String, String> all = new TreeMap<>();
    all.put("Backstay", desk.surroundings().version());
    all.put("Java", Runtime.version() + ", " + System.getProperty("java.vendor"));
    all.put("JavaFX", System.getProperty("javafx.runtime.version", "?"));
    all.put(
        "OS",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch"));
    return all;
  }

  private Map<String, String> folders() {
    Map<String, String> all = new TreeMap<>();
    desk.surroundings()
        .folders()
        .forEach((what, path) -> all.put(Texts.of("about.folder." + what), path.toString()));
    return all;
  }

  /// Nothing else is ever contacted.
  private Map<String, String> connections() {
    Map<String, String> all = new TreeMap<>();
    desk.clusters().all().stream()
        .filter(c -> c.standing() == OpenCluster.Standing.OPEN)
        .forEach(c -> all.put(c.key().label(), way(c)));
    desk.repositories().all().stream()
        .filter(r -> r.standing() == OpenRepository.Standing.OPEN)
        .forEach(r -> all.put(r.name(), r.location()));
    if (all.isEmpty()) {
      all.put(Texts.of("about.connections.none"), "");
    }
    return all;
  }

  private static String way(OpenCluster cluster) {
    String proxy = cluster.opened().session().proxy();
    String server = cluster.info().server();
    return proxy.isEmpty() ? server : Texts.of("about.connections.proxy", server, proxy);
  }

  private static Node facts(Map<String, String> values) {
    Facts facts = new Facts();
    values.forEach((name, value) -> facts.plain(name, value.isEmpty() ? " " : value));
    return facts;
  }

  private void copy(Button button) {
    var _ =
        desk.background()
            .ask(
                _ -> text(desk.surroundings().logTail(LINES)),
                text -> {
                  SystemClipboard.put(text);
                  button.setText(Texts.of("about.copied"));
                },
                _ -> {});
  }

  /// Without names of clusters: those stay with the user.
  private String text(List<String> log) {
    List<String> lines = new ArrayList<>();
    versions().forEach((name, value) -> lines.add(name + ": " + value));
    lines.add("");
    lines.addAll(log);
    return desk.surroundings().redact(String.join("\n", lines));
  }

  @Override
  public Parent node() {
    return Objects.requireNonNull(root);
  }

  @Override
  public String title() {
    return Texts.of("nav.about");
  }
}
