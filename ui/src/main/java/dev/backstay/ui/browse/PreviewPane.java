package dev.backstay.ui.browse;

import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.part.StatePane;
import java.io.ByteArrayInputStream;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Shows the chosen file as far as that is safe and quick.
final class PreviewPane extends BorderPane {

  private final Desk desk;
  private final BrowseViewModel model;
  private final StatePane state;
  private final StackPane content = new StackPane();
  private final CodeView code = new CodeView("preview-text");
  private final Label note = new Label();
  private final Button reveal =
      new Button(Texts.of("preview.reveal"), Icons.of("mdi2e-eye-outline"));
  private Work work = Work.NONE;

  PreviewPane(Desk desk, BrowseViewModel model) {
    this.desk = desk;
    this.model = model;
    this.state = new StatePane(content);
    note.getStyleClass().add("caption");
    note.setId("preview-note");
    note.setWrapText(true);
    reveal.setId("preview-reveal");
    reveal.getStyleClass().add("small");
    hide(reveal, true);
    HBox bar = new HBox(8, note, reveal);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.setStyle("-fx-padding: 6 4 6 4;");
    setBottom(bar);
    setCenter(state);
  }

  void show(@Nullable Entry entry) {
    work.drop();
    note.setText("");
    hide(reveal, true);
    if (entry == null) {
      nothing(Texts.of("preview.none"));
      return;
    }
    state.loadProperty().set(new Load.Loading(Texts.of("preview.loading")));
    String snapshot = model.point().id();
    model.withSession(
        session ->
            work =
                desk.background()
                    .ask(
                        cancel -> Previewer.of(session, snapshot, entry, cancel),
                        preview -> shown(preview),
                        error -> state.loadProperty().set(new Load.Failed(error))),
        error -> state.loadProperty().set(new Load.Failed(error)));
  }

  private void shown(Preview preview) {
    state.loadProperty().set(Load.READY);
    switch (preview) {
      case Preview.Text text -> text(text);
      case Preview.Hex hex -> {
        code.show(hex.lines(), Preview.Language.PLAIN);
        put(code, hex.note());
      }
      case Preview.Picture picture -> picture(picture);
      case Preview.Nothing nothing -> nothing(nothing.note());
    }
  }

  private void text(Preview.Text text) {
    boolean secret =
        text.language() == Preview.Language.YAML
            && model.pathProperty().get().startsWith("/manifests")
            && SecretMask.isSecret(text.lines());
    List<String> lines = secret ? SecretMask.mask(text.lines()) : text.lines();
    code.show(lines, text.language());
    put(code, secret ? Texts.of("preview.masked") : text.note());
    hide(reveal, !secret);
    reveal.setOnAction(_ -> {
      code.show(text.lines(), text.language());
      note.setText(Texts.of("preview.revealed"));
      hide(reveal, true);
    });
  }

  private void picture(Preview.Picture picture) {
    Image image = new Image(new ByteArrayInputStream(picture.bytes()), 1600, 1600, true, true);
    if (image.isError()) {
      nothing(Texts.of("preview.bad-picture"));
      return;
    }
    ImageView view = new ImageView(image);
    view.setPreserveRatio(true);
    view.setAccessibleText(picture.note());
    StackPane frame = new StackPane(view);
    frame.setMinSize(0, 0);
    view.fitWidthProperty()
        .bind(
            frame
                .widthProperty()
                .subtract(16)
                .map(w -> Math.min(w.doubleValue(), picture.width())));
    view.fitHeightProperty()
        .bind(
            frame
                .heightProperty()
                .subtract(16)
                .map(h -> Math.min(h.doubleValue(), picture.height())));
    put(frame, picture.note());
  }

  private void nothing(String why) {
    state.loadProperty().set(Load.READY);
    Label label = new Label(why);
    label.getStyleClass().add("muted");
    label.setWrapText(true);
    put(label, "");
  }

  private void put(Node node, String words) {
    content.getChildren().setAll(node);
    note.setText(words);
  }

  private static void hide(Node node, boolean hidden) {
    node.setVisible(!hidden);
    node.setManaged(!hidden);
  }

  void close() {
    work.drop();
  }
}
