package dev.backstay.cluster.connection;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Carries requests out: repeats what may be repeated, and turns every failure into an error of
/// ours.
final class Calls {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /// Whether doing it twice is the same as doing it once.
  enum Repeat {
    /// On anything that may pass.
    FREELY,
    /// Only if the server said that it did nothing (429, or 503 with `Retry-After`).
    IF_REFUSED
  }

  /// Reads the body of a successful answer.
  interface Reader<T> {
    T read(Response response) throws IOException;

    /// Which answers are its own to read.
    default boolean accepts(int code) {
      return code >= 200 && code < 300;
    }
  }

  /// One attempt: a value, or an error and how long to wait before the next one.
  private record Attempt<T>(
      @Nullable T value, @Nullable EngineException error, @Nullable Duration pause) {}

  private final String context;
  private final Breakage breakage;
  private final Timing timing;
  private final LongUnaryOperator jitter;
  private final Silence silence = new Silence(System::nanoTime);

  Calls(String context, HttpUrl server, Timing timing) {
    this.context = context;
    this.breakage = new Breakage(context, server.toString());
    this.timing = timing;
    this.jitter = millis -> millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
  }

  Breakage breakage() {
    return breakage;
  }

  Silence silence() {
    return silence;
  }

  String context() {
    return context;
  }

  /// @param verb for messages: `list`
  <T> T run(
      OkHttpClient client,
      String verb,
      Request request,
      Repeat repeat,
      CancelToken cancel,
      Reader<T> reader) {
    Request tagged = request.newBuilder().tag(CancelToken.class, cancel).build();
    for (int n = 1; ; n++) {
      cancel.checkpoint();
      Attempt<T> attempt = attempt(client, verb, tagged, repeat, cancel, reader, n);
      if (attempt.error() == null) {
        return java.util.Objects.requireNonNull(attempt.value());
      }
      if (attempt.pause() == null || n >= timing.attempts()) {
        throw attempt.error();
      }
      Pause.of(attempt.pause(), cancel);
    }
  }

  private <T> Attempt<T> attempt(
      OkHttpClient client,
      String verb,
      Request request,
      Repeat repeat,
      CancelToken cancel,
      Reader<T> reader,
      int n) {
    okhttp3.Call call = client.newCall(request);
    long begun = silence.now();
    try (var _ = cancel.onCancel(call::cancel);
        Response response = call.execute()) {
      silence.heard();
      if (reader.accepts(response.code())) {
        return new Attempt<>(reader.read(response), null, null);
      }
      Duration wait = pauseAfter(response, repeat, n);
      var error = Refusal.of(context, verb, request.url().encodedPath(), response);
      return new Attempt<>(null, error, wait);
    } catch (IOException e) {
      cancel.checkpoint();
      return broken(e, begun, repeat, n);
    }
  }

  private <T> Attempt<T> broken(IOException e, long begun, Repeat repeat, int n) {
    EngineException error = breakage.of(e);
    boolean again =
        repeat == Repeat.FREELY && error.retryable() && !(e instanceof CarriedException);
    // A server that takes the whole time-out is not asked five times, and one that did so the last
    // time already is asked once: a job that ends has many objects to remove.
    boolean late = error instanceof dev.backstay.model.TimedOutException;
    boolean slow = late && (n >= 2 || silence.late());
    if (late) {
      silence.unanswered(begun);
    } else {
      silence.heard();
    }
    return new Attempt<>(null, error, again && !slow ? backoff(n) : null);
  }

  private @Nullable Duration pauseAfter(Response response, Repeat repeat, int n) {
    Duration asked = retryAfter(response);
    int code = response.code();
    if (code == 429 || (code == 503 && asked != null)) {
      return asked != null ? asked : backoff(n);
    }
    boolean passing = code == 500 || code == 502 || code == 503 || code == 504;
    return passing && repeat == Repeat.FREELY ? (asked != null ? asked : backoff(n)) : null;
  }

  private static @Nullable Duration retryAfter(Response response) {
    String header = response.header("Retry-After");
    if (header == null || !header.matches("[0-9]{1,6}")) {
      return null;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(header));
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }

  Duration backoff(int n) {
    long millis = timing.firstPause().toMillis() << Math.min(n - 1, 6);
    return Duration.ofMillis(jitter.applyAsLong(Math.min(millis, LONGEST_PAUSE.toMillis())));
  }
}
