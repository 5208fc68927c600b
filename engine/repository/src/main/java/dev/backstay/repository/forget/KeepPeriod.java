package dev.backstay.repository.forget;

import java.time.OffsetDateTime;
import java.time.temporal.IsoFields;

/// What one snapshot of is kept: an hour, a day, an ISO week, a month, a year; or each single one.
public enum KeepPeriod {
  LAST("last snapshot", ""),
  HOURLY("hourly snapshot", "hourly within"),
  DAILY("daily snapshot", "daily within"),
  WEEKLY("weekly snapshot", "weekly within"),
  MONTHLY("monthly snapshot", "monthly within"),
  YEARLY("yearly snapshot", "yearly within");

  private final String reason;
  private final String within;

  KeepPeriod(String reason, String within) {
    this.reason = reason;
    this.within = within;
  }

  /// As restic says why.
  String reason() {
    return reason;
  }

  /// As restic says why, before the span.
  String within() {
    return within;
  }

  /// A number that differs between neighbouring periods.
  ///
  /// @param time in the zone that the snapshot was written in
  /// @param number how many newer snapshots the group has
  long bucket(OffsetDateTime time, int number) {
    return switch (this) {
      case LAST -> number;
      case HOURLY -> day(time) * 100 + time.getHour();
      case DAILY -> day(time);
      case WEEKLY ->
          time.get(IsoFields.WEEK_BASED_YEAR) * 100L + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case MONTHLY -> time.getYear() * 100L + time.getMonthValue();
      case YEARLY -> time.getYear();
    };
  }

  private static long day(OffsetDateTime time) {
    return time.getYear() * 10_000L + time.getMonthValue() * 100L + time.getDayOfMonth();
  }
}
