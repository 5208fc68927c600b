package dev.backstay.repository.tree;

import java.time.Month;
import java.time.Year;
import org.jspecify.annotations.Nullable;

/// Reads times such as `2026-11-23T10:00:00.123456789Z"` from bytes. The last one is kept, because
/// the times of a file are often the same.
final class TimeScanner {

  /// Of a zone, as Go reads it.
  private static final int MOST_HOURS = 24;

  private static final int[] BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  private static final int SECONDS = 19;

  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean wrong;
  private @Nullable NodeTime last;
  private int lastFrom;
  private int lastTo;

  TimeScanner(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  /// Behind the quote that ends the time that was read last.
  int position() {
    return at;
  }

  /// @return null if it is no such time
  @Nullable NodeTime read(int from) {
    if (last != null && same(from)) {
      at = from + lastTo - lastFrom;
      return last;
    }
    at = from;
    wrong = false;
    NodeTime time = from + SECONDS < end ? time() : null;
    if (wrong || time == null) {
      return null;
    }
    last = time;
    lastFrom = from;
    lastTo = at;
    return time;
  }

  private boolean same(int from) {
    int length = lastTo - lastFrom;
    if (from + length > end) {
      return false;
    }
    for (int i = length - 1; i >= 0; i--) {
      if (bytes[from + i] != bytes[lastFrom + i]) {
        return false;
      }
    }
    return true;
  }

  private NodeTime time() {
    int year = digits(4, '-');
    int month = digits(2, '-');
    int day = digits(2, 'T');
    int hour = digits(2, ':');
    int minute = digits(2, ':');
    int second = digits(2, (char) 0);
    wrong |= month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59;
    if (wrong || day < 1 || day > Month.of(month).length(Year.isLeap(year))) {
      wrong = true;
      return NodeTime.EPOCH;
    }
    long seconds = days(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second;
    int nanos = nanos();
    int offset = offset();
    wrong |= at >= end || bytes[at++] != '"';
    return new NodeTime(seconds - offset * 60L, nanos, offset);
  }

  /// Since 1970 in the Gregorian calendar.
  private static long days(int year, int month, int day) {
    long before = year - 1L;
    long leaps = Math.floorDiv(before, 4) - Math.floorDiv(before, 100) + Math.floorDiv(before, 400);
    int leapDay = month > 2 && Year.isLeap(year) ? 1 : 0;
    return before * 365 + leaps + BEFORE_MONTH[month - 1] + leapDay + day - 719_163;
  }

  /// @param behind what must follow, or 0 for anything
  private int digits(int count, char behind) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int digit = at < end ? bytes[at++] - '0' : -1;
      wrong |= digit < 0 || digit > 9;
      value = value * 10 + digit;
    }
    if (behind != 0) {
      wrong |= at >= end || bytes[at++] != behind;
    }
    return value;
  }

  private int nanos() {
    if (at >= end || bytes[at] != '.') {
      return 0;
    }
    int from = ++at;
    int value = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - from < 10) {
      value = value * 10 + bytes[at++] - '0';
    }
    int count = at - from;
    wrong |= count < 1 || count > 9;
    for (int i = count; i < 9; i++) {
      value *= 10;
    }
    return value;
  }

  private int offset() {
    if (at < end && bytes[at] == 'Z') {
      at++;
      return 0;
    }
    int sign = at < end ? bytes[at++] : 0;
    wrong |= sign != '+' && sign != '-';
    int hours = digits(2, ':');
    int minutes = digits(2, (char) 0);
    wrong |= hours > MOST_HOURS || minutes > 59;
    return (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
  }
}
