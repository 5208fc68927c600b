package dev.backstay.ui.window;

import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Section;
import java.io.PrintWriter;
import java.io.StringWriter;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.VBox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An error that nobody caught becomes a report that can be copied; the window goes on.
final class CrashReport implements Thread.UncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(CrashReport.class);

  private final Desk desk;
  private final Dialogs dialogs;

  CrashReport(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable error) {
    LOG.error("uncaught in thread {}", thread.getName(), error);
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    Platform.runLater(() -> {
      if (!dialogs.isShown()) {
        show(trace.toString());
      }
    });
  }

  private void show(String trace) {
    TextArea text =
        new TextArea(
            "Backstay " + desk.surroundings().version() + "\n" + desk.surroundings().redact(trace));
    text.setId("crash-text");
    text.setEditable(false);
    text.setPrefRowCount(10);
    Button copy =
        dialogs.action(
            Texts.of("crash.copy"),
            false,
            () -> {
              ClipboardContent content = new ClipboardContent();
              content.putString(text.getText());
              Clipboard.getSystemClipboard().setContent(content);
            });
    copy.setId("crash-copy");
    Button close = dialogs.cancel();
    close.setText(Texts.of("action.close"));
    dialogs.show(
        dialogs.card(
            Texts.of("crash.title"),
            new VBox(10, Section.text(Texts.of("crash.why")), text),
            close,
            copy));
  }
}
