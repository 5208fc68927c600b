package dev.backstay.app.command;

import dev.backstay.workflow.repository.KeepRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// restic's words for what is kept, with the same meaning.
final class KeepOptions {

  private static final String COUNT = "N";
  private static final String SPAN = "1y5m7d2h";

  @Option(
      names = {"-l", "--keep-last"},
      paramLabel = COUNT,
      description = "Keep the last N snapshots, or 'unlimited'.")
  @Nullable String last;

  @Option(
      names = {"-H", "--keep-hourly"},
      paramLabel = COUNT,
      description = "Keep the last N hourly snapshots.")
  @Nullable String hourly;

  @Option(
      names = {"-d", "--keep-daily"},
      paramLabel = COUNT,
      description = "Keep the last N daily snapshots.")
  @Nullable String daily;

  @Option(
      names = {"-w", "--keep-weekly"},
      paramLabel = COUNT,
      description = "Keep the last N weekly snapshots.")
  @Nullable String weekly;

  @Option(
      names = {"-m", "--keep-monthly"},
      paramLabel = COUNT,
      description = "Keep the last N monthly snapshots.")
  @Nullable String monthly;

  @Option(
      names = {"-y", "--keep-yearly"},
      paramLabel = COUNT,
      description = "Keep the last N yearly snapshots.")
  @Nullable String yearly;

  @Option(
      names = "--keep-within",
      paramLabel = SPAN,
      description = "Keep snapshots that are so near to the newest.")
  String within = "";

  @Option(
      names = "--keep-within-hourly",
      paramLabel = SPAN,
      description = "Keep hourly snapshots that are so near to the newest.")
  String withinHourly = "";

  @Option(
      names = "--keep-within-daily",
      paramLabel = SPAN,
      description = "Keep daily snapshots that are so near to the newest.")
  String withinDaily = "";

  @Option(
      names = "--keep-within-weekly",
      paramLabel = SPAN,
      description = "Keep weekly snapshots that are so near to the newest.")
  String withinWeekly = "";

  @Option(
      names = "--keep-within-monthly",
      paramLabel = SPAN,
      description = "Keep monthly snapshots that are so near to the newest.")
  String withinMonthly = "";

  @Option(
      names = "--keep-within-yearly",
      paramLabel = SPAN,
      description = "Keep yearly snapshots that are so near to the newest.")
  String withinYearly = "";

  @Option(
      names = "--keep-tag",
      paramLabel = "TAG[,TAG]",
      description = "Keep snapshots with all these tags; may be repeated.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--keep-last-good",
      paramLabel = COUNT,
      description = "Keep the last N snapshots that are not partial.")
  @Nullable String lastGood;

  KeepRules rules() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    count(counts, "last", last);
    count(counts, "hourly", hourly);
    count(counts, "daily", daily);
    count(counts, "weekly", weekly);
    count(counts, "monthly", monthly);
    count(counts, "yearly", yearly);
    return new KeepRules(
        counts,
        Map.of(
            "hourly", withinHourly,
            "daily", withinDaily,
            "weekly", withinWeekly,
            "monthly", withinMonthly,
            "yearly", withinYearly),
        within,
        lists(tags),
        lastGood == null ? 0 : KeepRules.count(lastGood));
  }

  private static void count(Map<String, Integer> counts, String period, @Nullable String text) {
    if (text != null) {
      counts.put(period, KeepRules.count(text));
    }
  }

  /// Each option is a list of its own, as restic takes them.
  static List<List<String>> lists(List<String> options) {
    return options.stream().map(option -> Arrays.asList(option.split(",", -1))).toList();
  }
}
