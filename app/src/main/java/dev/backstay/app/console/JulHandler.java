package dev.backstay.app.console;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what libraries write to `java.util.logging` into the log: its own handler would write to
/// standard error.
final class JulHandler extends Handler {

  private final SimpleFormatter formatter = new SimpleFormatter();

  private JulHandler() {}

  static void install() {
    LogManager.getLogManager().reset();
    java.util.logging.Logger.getLogger("").addHandler(new JulHandler());
  }

  @Override
  public void publish(LogRecord line) {
    Logger log = LoggerFactory.getLogger(String.valueOf(line.getLoggerName()));
    String message = formatter.formatMessage(line);
    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      log.warn(message, line.getThrown());
    } else {
      log.debug(message, line.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
