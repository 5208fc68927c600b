package dev.backstay.app.command;

import dev.backstay.model.CancelToken;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.backup.BackUpPlan;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.lock.JobNeeds;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `backstay backup`.
@Command(
    name = "backup",
    description = "Back up a namespace: its manifests and the files in its volumes.")
final class BackupCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();
  @Mixin PlanOptions planning = new PlanOptions();
  @Mixin SelectorOption selector = new SelectorOption();

  @Option(
      names = "--only",
      paramLabel = "KIND",
      description = "Only this kind, such as configmaps or deployments.apps; may be repeated.")
  Set<String> only = new HashSet<>();

  @Option(
      names = "--except",
      paramLabel = "KIND",
      description = "Leave this kind out; may be repeated.")
  Set<String> except = new HashSet<>();

  @Option(
      names = "--pvc",
      paramLabel = "NAME",
      description = "Only the files of this PVC; may be repeated.")
  List<String> pvcs = new ArrayList<>();

  @Option(
      names = "--from-snapshot",
      paramLabel = "VOLUMESNAPSHOT",
      description = "Read the files of its PVC from this VolumeSnapshot; may be repeated.")
  List<String> fromSnapshots = new ArrayList<>();

  @Option(names = "--no-volumes", description = "Manifests only.")
  boolean noVolumes;

  @Option(
      names = {"-f", "--force"},
      description = "Read every file again, whatever the last restore point says.")
  boolean force;

  private final Wiring wiring;
  private final Access access;

  BackupCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (RepositorySession repository = access.repository();
        ClusterSession cluster = access.cluster();
        Engine engine = access.engine()) {
      engine.tidy();
      access.unlockFor(JobNeeds.BACKUP, cluster, planning);
      BackUpRequest request =
          new BackUpRequest(
              access.namespace(cluster),
              selector.selector,
              only,
              except,
              pvcs,
              fromSnapshots,
              !noVolumes,
              force);
      BackUpPlan plan = plan(engine, request, cluster, repository);
      return new PlanRun(wiring, engine, planning, output.format).run(plan, BackupView.of(plan));
    }
  }

  private BackUpPlan plan(
      Engine engine, BackUpRequest request, ClusterSession cluster, RepositorySession repository) {
    CancelToken cancel = new CancelToken();
    try (var _ = wiring.interrupts().guard(cancel::cancel, () -> "Stopped.")) {
      return engine.plan(request, cluster, repository, cancel);
    }
  }
}
