package dev.backstay.stores;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// Listens to the answers of a service: how late they come, and what time its clock shows.
final class Heard implements ExecutionInterceptor {

  private static final ExecutionAttribute<Instant> SENT = new ExecutionAttribute<>("sent");

  private final InstantSource clock;
  private final List<Duration> delays = Collections.synchronizedList(new ArrayList<>());
  private volatile Optional<Duration> skew = Optional.empty();

  Heard(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes all) {
    all.putAttribute(SENT, clock.instant());
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes all) {
    Instant now = clock.instant();
    Instant sent = all.getAttribute(SENT);
    if (sent != null) {
      delays.add(Duration.between(sent, now));
    }
    context
        .httpResponse()
        .firstMatchingHeader("Date")
        .ifPresent(date -> skew = skew(date, now).or(() -> skew));
  }

  private static Optional<Duration> skew(String date, Instant now) {
    try {
      Instant there = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      return Optional.of(Duration.between(now, there));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /// How much the service's clock is ahead, to a second or so; empty if it never said.
  Optional<Duration> skew() {
    return skew;
  }

  /// The median time until an answer began.
  Duration delay() {
    List<Duration> sorted = delays.stream().sorted().toList();
    return sorted.isEmpty() ? Duration.ZERO : sorted.get(sorted.size() / 2);
  }
}
