package dev.backstay.cluster.connection;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The output of an exec plugin, kept in memory until shortly before it expires. However many
/// threads ask, the plugin runs once; all of them get that run's credentials or its error.
final class ExecCredentials {

  private static final Duration SKEW = Duration.ofSeconds(60);

  /// What a plugin issued.
  ///
  /// @param token a bearer token, or empty
  /// @param certificate a client certificate, or null
  /// @param expires when it ends, [Instant#MAX] if it does not say
  record Issued(String token, @Nullable ClientCertificate certificate, Instant expires) {
    @Override
    public String toString() {
      return "credentials until " + expires;
    }
  }

  private final Function<CancelToken, Issued> plugin;
  private final InstantSource clock;
  private final Runnable onNewCertificate;
  private @Nullable Issued last;
  private Instant staleAt = Instant.MIN;
  private @Nullable CompletableFuture<Issued> running;

  /// @param plugin runs it
  /// @param onNewCertificate called after a certificate took the place of another
  ExecCredentials(
      Function<CancelToken, Issued> plugin, InstantSource clock, Runnable onNewCertificate) {
    this.plugin = plugin;
    this.clock = clock;
    this.onNewCertificate = onNewCertificate;
  }

  /// What was issued last, also if it is expired; null before the first run.
  synchronized @Nullable Issued last() {
    return last;
  }

  Issued current(CancelToken cancel) {
    while (true) {
      CompletableFuture<Issued> mine = new CompletableFuture<>();
      CompletableFuture<Issued> other;
      synchronized (this) {
        Issued known = last;
        if (known != null && clock.instant().isBefore(staleAt)) {
          return known;
        }
        other = running;
        if (other == null) {
          running = mine;
        }
      }
      Issued issued = other == null ? lead(mine, cancel) : follow(other, cancel);
      if (issued != null) {
        return issued;
      }
    }
  }

  /// Runs the plugin again unless its output has changed since the given token was used.
  void renew(String refusedToken, CancelToken cancel) {
    synchronized (this) {
      if (last != null && last.token().equals(refusedToken)) {
        staleAt = Instant.MIN;
      }
    }
    current(cancel);
  }

  private Issued lead(CompletableFuture<Issued> mine, CancelToken cancel) {
    try {
      Issued issued = plugin.apply(cancel);
      keep(issued);
      mine.complete(issued);
      return issued;
    } catch (EngineException e) {
      forgetRun();
      mine.completeExceptionally(e);
      throw e;
    } finally {
      mine.cancel(false); // for what is not an EngineException; else too late to matter
    }
  }

  /// @return null if the one who ran the plugin was cancelled, which is not our end
  private static @Nullable Issued follow(CompletableFuture<Issued> other, CancelToken cancel) {
    CompletableFuture<Issued> view = other.copy();
    try (var _ = cancel.onCancel(() -> view.cancel(false))) {
      return view.join();
    } catch (CancellationException e) {
      cancel.checkpoint();
      throw e;
    } catch (CompletionException e) {
      cancel.checkpoint();
      if (e.getCause() instanceof CancelledException) {
        return null;
      }
      if (e.getCause() instanceof EngineException error) {
        throw error;
      }
      throw e;
    }
  }

  private void keep(Issued issued) {
    boolean rotated;
    synchronized (this) {
      rotated = last != null && last.certificate() != null;
      last = issued;
      staleAt = staleAt(issued.expires());
      running = null;
    }
    if (rotated) {
      onNewCertificate.run();
    }
  }

  private synchronized void forgetRun() {
    running = null;
  }

  /// A minute before the end, or earlier for what lives shorter than four minutes.
  private Instant staleAt(Instant expires) {
    if (expires.equals(Instant.MAX)) {
      return expires;
    }
    Duration life = Duration.between(clock.instant(), expires);
    Duration early = life.dividedBy(4).compareTo(SKEW) < 0 ? life.dividedBy(4) : SKEW;
    return expires.minus(early);
  }
}
