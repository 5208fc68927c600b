package dev.backstay.app.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The three streams of the process. Data goes to [#out()] and nothing else does; whatever is said
/// to people goes through [#say(String)], which hides secrets and control characters.
public final class Console {

  private static final String CLEAR_REST = "\u001b[K";

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private final Redactor redactor;
  private final @Nullable StandardOutput data;

  // Whether a live line stands where the next text goes; guarded by err.
  private boolean live;

  public Console(
      InputStream in, PrintStream out, PrintStream err, Terminal terminal, Redactor redactor) {
    this(in, out, null, err, terminal, redactor);
  }

  private Console(
      InputStream in,
      PrintStream out,
      @Nullable StandardOutput data,
      PrintStream err,
      Terminal terminal,
      Redactor redactor) {
    this.in = in;
    this.out = out;
    this.data = data;
    this.err = err;
    this.terminal = terminal;
    this.redactor = redactor;
  }

  /// The process's streams, in UTF-8 whatever the locale says: the names in a volume are.
  public static Console ofProcess(Terminal terminal, Redactor redactor) {
    StandardOutput data = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintStream err = utf8(new FileOutputStream(FileDescriptor.err));
    return new Console(System.in, utf8(data), data, err, terminal, redactor);
  }

  private static PrintStream utf8(OutputStream stream) {
    return new PrintStream(new BufferedOutputStream(stream), false, StandardCharsets.UTF_8);
  }

  /// The same with data going elsewhere.
  public Console withOut(PrintStream other) {
    return new Console(in, other, err, terminal, redactor);
  }

  /// The same with everything going elsewhere, data and words for people.
  public Console into(PrintStream other) {
    return new Console(in, other, other, terminal, redactor);
  }

  public InputStream in() {
    return in;
  }

  /// Data only. Flushed when the command ends.
  public PrintStream out() {
    return out;
  }

  /// The same for bytes that are many: writing fails when nobody takes them any more.
  public OutputStream data() {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        if (Console.this.out.checkError()) {
          throw new IOException("standard output is closed");
        }
      }
    };
  }

  /// Whether data could not be written because its reader left, as `head` does.
  public boolean readerLeft() {
    return data != null && data.readerLeft();
  }

  /// Why data could not be written; null if it was.
  public @Nullable IOException lost() {
    return data == null ? null : data.failure();
  }

  public Terminal terminal() {
    return terminal;
  }

  public Redactor redactor() {
    return redactor;
  }

  /// One line for people, on standard error.
  public void say(String line) {
    synchronized (err) {
      if (live) {
        err.print("\r" + CLEAR_REST);
        live = false;
      }
      err.println(Text.printable(redactor.redact(line)));
      err.flush();
    }
  }

  /// Draws the line that changes in place; what is said meanwhile takes its place until it is drawn
  /// again.
  ///
  /// @param line empty to wipe it
  void drawLive(String line) {
    synchronized (err) {
      draw("\r" + line + CLEAR_REST);
      live = !line.isEmpty();
    }
  }

  /// Raw text for people, such as a prompt; still redacted.
  void draw(String text) {
    synchronized (err) {
      err.print(redactor.redact(text));
      err.flush();
    }
  }

  /// Asks a question without ending the line.
  public void ask(String question) {
    draw(Text.printable(question));
  }

  /// Ends the line of a question whose answer did not.
  public void answered() {
    draw(System.lineSeparator());
  }

  public void flush() {
    out.flush();
    err.flush();
  }
}
