package dev.backstay.app.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.backstay.app.settings.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// The log: a rotating file in the state folder, never the terminal. Every line goes through the
/// redactor, stack traces included.
public final class Logs {

  private static final String NAME = "backstay.log";
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level [%thread] %logger{36} - %msg%n%ex";

  private Logs() {}

  /// @param folder where the file goes; exists
  public static void open(Path folder, Redactor redactor, boolean debug) throws IOException {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    Path file = folder.resolve(NAME);
    PrivateFiles.createFile(file);
    context.reset();
    // What libraries write to java.util.logging would go to standard error.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    context.getLogger("dev.backstay").setLevel(debug ? Level.DEBUG : Level.INFO);
    Late late = new Late(() -> appender(context, file, redactor));
    late.setContext(context);
    late.start();
    root.addAppender(late);
  }

  /// Makes the real appender for the first line: most commands write none, and it takes longer to
  /// set up than they do.
  private static final class Late extends AppenderBase<ILoggingEvent> {
    private final Supplier<Appender<ILoggingEvent>> made;
    private @Nullable Appender<ILoggingEvent> real;

    Late(Supplier<Appender<ILoggingEvent>> made) {
      this.made = made;
    }

    // The base class calls it under its lock.
    @Override
    protected void append(ILoggingEvent event) {
      if (real == null) {
        real = made.get();
      }
      real.doAppend(event);
    }

    @Override
    public void stop() {
      super.stop();
      if (real != null) {
        real.stop();
      }
    }
  }

  private static RollingFileAppender<ILoggingEvent> appender(
      LoggerContext context, Path file, Redactor redactor) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(file + ".%d{yyyy-MM-dd}.%i.gz");
    policy.setMaxFileSize(FileSize.valueOf("10MB"));
    policy.setMaxHistory(14);
    policy.setTotalSizeCap(FileSize.valueOf("100MB"));
    policy.start();
    appender.setRollingPolicy(policy);
    appender.setEncoder(encoder(context, redactor));
    appender.start();
    return appender;
  }

  private static LayoutWrappingEncoder<ILoggingEvent> encoder(
      LoggerContext context, Redactor redactor) {
    PatternLayout layout =
        new PatternLayout() {
          @Override
          public String doLayout(ILoggingEvent event) {
            return redactor.redact(super.doLayout(event));
          }
        };
    layout.setContext(context);
    layout.setPattern(PATTERN);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    return encoder;
  }
}
