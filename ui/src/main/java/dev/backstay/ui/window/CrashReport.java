package dev.backstay.ui.window;

import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Section;
import dev.backstay.ui.part.SystemClipboard;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An error that nobody caught becomes a report that can be copied, over whatever is open; the
/// window goes on. One that comes with every frame is one report.
final class CrashReport implements Thread.UncaughtExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(CrashReport.class);
  private static final int LINES = 200;

  private final Desk desk;
  private final Dialogs dialogs;
  private final AtomicInteger since = new AtomicInteger();
  private final Label more = Section.text("", "muted");

  CrashReport(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable error) {
    LOG.error("uncaught in thread {}", thread.getName(), error);
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    report(Texts.of("crash.title"), Texts.of("crash.why"), trace.toString());
  }

  /// Shows a report, unless one is shown. From any thread.
  ///
  /// @param details what happened, secrets and all
  void report(String title, String why, String details) {
    if (since.getAndIncrement() > 0) {
      desk.background().onFx(this::count);
      return;
    }
    var _ =
        desk.background()
            .ask(
                _ -> text(details),
                text -> show(title, why, text),
                // the report must not depend on what may be what is broken
                _ -> show(title, why, "the log cannot be read"));
  }

  private String text(String details) {
    String log = String.join("\n", desk.surroundings().logTail(LINES));
    return desk.surroundings()
        .redact(
            "Backstay "
                + desk.surroundings().version()
                + "\n"
                + details
                + "\n"
                + Texts.of("crash.log")
                + "\n"
                + log);
  }

  private void count() {
    int others = since.get() - 1;
    more.setText(others > 0 ? Texts.count("crash.more", others) : "");
  }

  private void show(String title, String why, String report) {
    TextArea text = new TextArea(report);
    text.setId("crash-text");
    text.setAccessibleText(title);
    text.setEditable(false);
    text.setPrefRowCount(12);
    text.getStyleClass().add("mono");
    Button copy = dialogs.action(Texts.of("crash.copy"), false, () -> SystemClipboard.put(report));
    copy.setId("crash-copy");
    Button close = dialogs.cancel();
    close.setText(Texts.of("action.close"));
    VBox body = new VBox(10, Section.text(why), text, more);
    VBox card = dialogs.card(title, body, close, copy);
    card.setPrefWidth(720);
    Dialogs.onClosed(card, () -> since.set(0));
    count();
    dialogs.over(card);
  }
}
