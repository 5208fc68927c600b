package dev.backstay.catalog;

import java.time.Instant;

/// One line of a job's log. No secrets.
public record JobLogLine(Instant time, String text) {}
