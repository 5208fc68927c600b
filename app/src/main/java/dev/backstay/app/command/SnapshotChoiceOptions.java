package dev.backstay.app.command;

import dev.backstay.workflow.maintenance.SnapshotChoice;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which snapshots a command works on, with restic's names and meaning.
final class SnapshotChoiceOptions {

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Beginnings of snapshots' ids, or 'latest'; all that fit if none is given.")
  List<String> ids = new ArrayList<>();

  @Option(
      names = {"-H", "--host"},
      paramLabel = "NAME",
      description = "Only snapshots of this host; may be repeated.")
  List<String> hosts = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "TAG[,TAG…]",
      description = "Only snapshots with all these tags; may be repeated for other tags.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Only snapshots of this path; may be repeated.")
  List<String> paths = new ArrayList<>();

  SnapshotChoice choice() {
    return new SnapshotChoice(ids, hosts, tags, paths);
  }
}
