package dev.backstay.workflow.job;

import java.time.Instant;

/// One line of a job's log.
public record JobLine(Instant time, String text) {}
