package dev.backstay.app.console;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ctrl-C and termination. The first cancels what is being done and lets it clean up; the second
/// says what is left behind and ends the process. With nothing to cancel the process ends at once.
///
/// A shutdown hook would not do: the JVM ignores every signal after the first.
public final class Interrupts {

  private static final Logger LOG = LoggerFactory.getLogger(Interrupts.class);

  private final Console console;
  private final IntConsumer exit;
  private final IntConsumer halt;
  private final Deque<Work> works = new ArrayDeque<>();
  private boolean cancelling;

  /// @param exit ends the process with its shutdown hooks
  /// @param halt ends the process without them
  public Interrupts(Console console, IntConsumer exit, IntConsumer halt) {
    this.console = console;
    this.exit = exit;
    this.halt = halt;
  }

  private record Work(Runnable cancel, Supplier<String> leftBehind) {}

  /// Undoes [Interrupts#guard].
  public interface Guard extends AutoCloseable {
    @Override
    void close();
  }

  /// While open, the first Ctrl-C runs `cancel` and the second says `leftBehind`.
  public synchronized Guard guard(Runnable cancel, Supplier<String> leftBehind) {
    Work work = new Work(cancel, leftBehind);
    works.push(work);
    return () -> remove(work);
  }

  private synchronized void remove(Work work) {
    works.remove(work);
  }

  /// Takes over INT, TERM and HUP, as far as the platform has them. `sun.misc.Signal` is reached by
  /// name, because it is in no API that can be compiled against with `--release`.
  public void install() {
    for (String name : List.of("INT", "TERM", "HUP")) {
      try {
        install(name);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        LOG.debug("signal {} cannot be handled", name, e);
      }
    }
  }

  private void install(String name) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object proxy =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "handle" -> {
                    interrupted();
                    yield null;
                  }
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> false;
                  default -> name;
                });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
  }

  /// What a signal does.
  void interrupted() {
    Work work;
    boolean first;
    synchronized (this) {
      work = works.peek();
      first = !cancelling;
      cancelling = true;
    }
    if (work == null) {
      exit.accept(ExitCode.CANCELLED.number());
    } else if (first) {
      console.say("Cancelling and cleaning up. Press Ctrl-C again to quit at once.");
      work.cancel().run();
    } else {
      console.say(work.leftBehind().get());
      halt.accept(ExitCode.CANCELLED.number());
    }
  }
}
