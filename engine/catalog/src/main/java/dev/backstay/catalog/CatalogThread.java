package dev.backstay.catalog;

import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that touches the database, so that no interrupt of a caller can close its file.
///
/// It opens the database when there is work and its process has the [Turn], and closes it when
/// another process waits or nothing was asked for a while: most of the time nothing is open, and a
/// killed process leaves nothing to be in doubt about.
final class CatalogThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogThread.class);

  private static final Duration WAIT_FOR_TURN = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofSeconds(2);

  /// A turn lasts at least this long, so that two busy processes do not spend all their time
  /// opening and closing.
  private static final Duration SHARE = Duration.ofMillis(100);

  private static final Duration LOOK = Duration.ofMillis(25);

  private final CatalogFolder folder;
  private final Opening opening;
  private final BlockingQueue<Work<?>> queue = new LinkedBlockingQueue<>();
  private final Runnable elsewhere;
  private volatile boolean watching;
  private @Nullable Thread thread;
  private boolean closed;

  // of the thread only
  private @Nullable Turn turn;
  private @Nullable Database database;
  private long turnBegan;
  private long lastWork;
  private long seen = -1;

  /// @param elsewhere called on the thread when another process has written, while watched
  CatalogThread(CatalogFolder folder, InstantSource clock, Runnable elsewhere) {
    this.folder = folder;
    this.opening = new Opening(folder, clock);
    this.elsewhere = elsewhere;
  }

  private record Work<T>(@Nullable Function<Database, T> body, CompletableFuture<T> result) {}

  <T> T call(Function<Database, T> body) {
    CompletableFuture<T> result = new CompletableFuture<>();
    synchronized (this) {
      if (closed) {
        throw new ConflictException("catalog.closed", "the catalog is closed", "");
      }
      if (thread == null) {
        thread = Thread.ofPlatform().name("catalog").daemon().start(this::run);
      }
      queue.add(new Work<>(body, result));
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EngineException known
          ? known
          : CatalogErrors.of(e.getCause() == null ? e : e.getCause(), folder);
    }
  }

  /// Whether to look for other processes' changes while idle: costs one small read a second.
  void watch(boolean on) {
    if (on) {
      call(db -> seen = db.generation());
    }
    watching = on;
  }

  private void run() {
    boolean stop = false;
    while (!stop) {
      Work<?> work = next();
      if (work == null) {
        rest();
      } else if (work.body() == null) {
        stop = true;
      } else {
        perform(work);
        yieldIfAsked();
      }
    }
    release();
  }

  private @Nullable Work<?> next() {
    try {
      if (database != null) {
        return queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      }
      return watching ? queue.poll(1, TimeUnit.SECONDS) : queue.take();
    } catch (InterruptedException e) {
      // nobody has this thread to interrupt it
      return null;
    }
  }

  private <T> void perform(Work<T> work) {
    Function<Database, T> body = work.body();
    if (body == null) {
      return;
    }
    try {
      T value = body.apply(ready());
      lastWork = System.nanoTime();
      work.result().complete(value);
    } catch (Throwable e) {
      // errors too: this thread goes on, or every later caller would wait for ever
      if (CatalogErrors.isFatal(e)) {
        abandon();
      }
      work.result().completeExceptionally(CatalogErrors.of(e, folder));
    }
  }

  private Database ready() throws IOException {
    Database open = database;
    if (open != null) {
      return open;
    }
    folder.create();
    Turn mine = Turn.take(folder, WAIT_FOR_TURN);
    try {
      open = opening.open();
    } finally {
      if (open == null) {
        mine.close();
      }
    }
    turn = mine;
    database = open;
    turnBegan = System.nanoTime();
    lastWork = turnBegan;
    look(open.generation());
    return open;
  }

  private void rest() {
    if (database == null) {
      look(folder.generation());
    } else if (System.nanoTime() - lastWork > IDLE.toNanos()) {
      release();
    } else {
      yieldIfAsked();
    }
  }

  private void yieldIfAsked() {
    Turn mine = turn;
    try {
      if (mine != null && System.nanoTime() - turnBegan > SHARE.toNanos() && mine.somebodyWaits()) {
        release();
      }
    } catch (IOException e) {
      LOG.warn("the catalog's queue cannot be looked at", e);
      release();
    }
  }

  private void look(long generation) {
    if (watching && generation >= 0 && generation != seen) {
      elsewhere.run();
    }
    seen = generation;
  }

  /// After a transaction of ours.
  void wrote(Database db) {
    seen = db.generation();
    try {
      folder.generation(seen);
    } catch (IOException e) {
      LOG.debug("the generation was not noted", e);
    }
  }

  private void release() {
    Database open = database;
    database = null;
    try {
      if (open != null) {
        close(open);
        folder.markClosed();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("the catalog was not closed cleanly", e);
    } finally {
      letGo();
    }
  }

  private void close(Database open) throws IOException {
    if (folder.isBloated()) {
      open.shrinkAndClose();
      folder.shrunk();
    } else {
      open.close();
    }
  }

  /// Closes without saying that it went well: the next opening looks through everything.
  private void abandon() {
    Database open = database;
    database = null;
    if (open != null) {
      Opening.closeQuietly(open);
    }
    letGo();
  }

  private void letGo() {
    if (turn != null) {
      turn.close();
      turn = null;
    }
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
      queue.add(new Work<>(null, new CompletableFuture<>()));
    }
    boolean interrupted = false;
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
