package dev.backstay.ui.jobs;

import dev.backstay.model.Outcome;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Badge;
import dev.backstay.workflow.job.JobStanding;
import java.util.Locale;

/// How a job ended, in the words of the house.
public final class Outcomes {

  private Outcomes() {}

  public static String word(Outcome outcome) {
    return word(standing(outcome));
  }

  public static JobStanding standing(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed c ->
          c.warnings().isEmpty() ? JobStanding.COMPLETED : JobStanding.COMPLETED_WITH_WARNINGS;
      case Outcome.PartiallyFailed _ -> JobStanding.PARTIALLY_FAILED;
      case Outcome.Failed _ -> JobStanding.FAILED;
      case Outcome.Cancelled _ -> JobStanding.CANCELLED;
    };
  }

  public static String word(JobStanding standing) {
    return Texts.of("standing." + standing.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  public static Badge badge(JobStanding standing) {
    return new Badge(word(standing), tone(standing));
  }

  private static Badge.Tone tone(JobStanding standing) {
    return switch (standing) {
      case QUEUED, RUNNING -> Badge.Tone.INFO;
      case CANCELLING, CANCELLED -> Badge.Tone.PLAIN;
      case COMPLETED -> Badge.Tone.OK;
      case COMPLETED_WITH_WARNINGS, PARTIALLY_FAILED, INTERRUPTED -> Badge.Tone.WARN;
      case FAILED -> Badge.Tone.BAD;
    };
  }
}
