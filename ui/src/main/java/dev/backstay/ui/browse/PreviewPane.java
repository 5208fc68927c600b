package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Icons;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.part.StatePane;
import dev.backstay.ui.part.Wrapping;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Shows the chosen file as far as that is safe and quick.
final class PreviewPane extends BorderPane {

  private final Desk desk;
  private final BrowseViewModel model;
  private final StatePane state;
  private final StackPane content = new StackPane();
  private final CodeView code = new CodeView("preview-text");
  private final ArchiveTable archive = new ArchiveTable();
  private final Label note = new Label();
  private final Button reveal =
      new Button(Texts.of("preview.reveal"), Icons.of("mdi2e-eye-outline"));
  private final Button other = new Button();
  private Work work = Work.NONE;

  PreviewPane(Desk desk, BrowseViewModel model) {
    this.desk = desk;
    this.model = model;
    this.state = new StatePane(content);
    note.getStyleClass().add("caption");
    note.setId("preview-note");
    Wrapping.of(note);
    reveal.setId("preview-reveal");
    reveal.getStyleClass().add("small");
    other.setId("preview-end");
    other.getStyleClass().add("small");
    HBox.setHgrow(note, Priority.ALWAYS);
    note.setMaxWidth(Double.MAX_VALUE);
    reveal.setMinWidth(Region.USE_PREF_SIZE);
    other.setMinWidth(Region.USE_PREF_SIZE);
    hideButtons();
    HBox bar = new HBox(8, note, reveal, other);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.setStyle("-fx-padding: 6 4 6 4;");
    setBottom(bar);
    setCenter(state);
  }

  void show(@Nullable Entry entry) {
    if (entry == null) {
      work.drop();
      hideButtons();
      String kept = model.keptProperty().get();
      nothing(
          kept == null
              ? Texts.of("preview.none")
              : Texts.of("preview.not-here", kept.substring(kept.lastIndexOf('/') + 1)));
      return;
    }
    String snapshot = model.point().id();
    ask(
        (session, cancel) -> Previewer.of(session, snapshot, entry, cancel),
        preview -> shown(preview, entry));
  }

  /// How a preview is made, off the FX thread.
  @FunctionalInterface
  private interface Question {
    Preview ask(RepositorySession session, CancelToken cancel);
  }

  private void ask(Question question, Consumer<Preview> then) {
    work.drop();
    note.setText("");
    hideButtons();
    state.loadProperty().set(new Load.Loading(Texts.of("preview.loading")));
    model.withSession(
        session ->
            work =
                desk.background()
                    .ask(
                        cancel -> question.ask(session, cancel),
                        then,
                        error -> state.loadProperty().set(new Load.Failed(error))),
        error -> state.loadProperty().set(new Load.Failed(error)));
  }

  private void shown(Preview preview, Entry entry) {
    put(preview);
    if (preview instanceof Preview.Text text && text.cut()) {
      offer("preview.show-end", () -> showEnd(text, entry));
    }
  }

  private void showEnd(Preview.Text beginning, Entry entry) {
    String snapshot = model.point().id();
    ask(
        (session, cancel) ->
            Previewer.end(Ranges.of(session, snapshot, entry, cancel), entry.path(), beginning),
        preview -> {
          put(preview);
          offer("preview.show-beginning", () -> show(entry));
        });
  }

  private void offer(String key, Runnable what) {
    other.setText(Texts.of(key));
    other.setOnAction(_ -> what.run());
    hide(other, false);
  }

  private void put(Preview preview) {
    state.loadProperty().set(Load.READY);
    switch (preview) {
      case Preview.Text text -> text(text);
      case Preview.Hex hex -> {
        code.show(hex.lines(), Preview.Language.PLAIN);
        put(code, hex.note());
      }
      case Preview.Picture picture -> picture(picture);
      case Preview.Listing listing -> {
        archive.show(listing.entries());
        put(archive, listing.note());
      }
      case Preview.Nothing nothing -> nothing(nothing.note());
    }
  }

  private void text(Preview.Text text) {
    List<String> revealed = text.revealed();
    String masked = Texts.of("preview.masked");
    code.show(text.lines(), text.language());
    put(code, revealed == null ? text.note() : joined(masked, text.note()));
    hide(reveal, revealed == null);
    reveal.setOnAction(_ -> {
      code.show(Objects.requireNonNull(revealed), text.language());
      note.setText(joined(Texts.of("preview.revealed"), text.note()));
      hide(reveal, true);
    });
  }

  private static String joined(String first, String second) {
    return second.isEmpty() ? first : first + " · " + second;
  }

  private void picture(Preview.Picture picture) {
    ImageView view =
        new ImageView(
            new WritableImage(
                new PixelBuffer<>(
                    picture.width(),
                    picture.height(),
                    picture.pixels(),
                    PixelFormat.getIntArgbPreInstance())));
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
    Wrapping.of(label);
    label.setStyle("-fx-padding: 20; -fx-text-alignment: center;");
    put(label, "");
  }

  private void put(Node node, String words) {
    content.getChildren().setAll(node);
    note.setText(words);
  }

  private void hideButtons() {
    hide(reveal, true);
    hide(other, true);
  }

  private static void hide(Node node, boolean hidden) {
    node.setVisible(!hidden);
    node.setManaged(!hidden);
  }

  void close() {
    work.drop();
  }
}
