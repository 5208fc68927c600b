package dev.backstay.app.command;

import dev.backstay.app.output.OutputFormat;
import dev.backstay.model.CancelToken;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.StorageException;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.lock.JobNeeds;
import dev.backstay.workflow.restore.ExistingObjects;
import dev.backstay.workflow.restore.ExistingVolumes;
import dev.backstay.workflow.restore.PlannedFiles;
import dev.backstay.workflow.restore.PlannedVolume;
import dev.backstay.workflow.restore.RestorePlan;
import dev.backstay.workflow.restore.RestoreRequest;
import dev.backstay.workflow.restore.SavedRestorePlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay restore`.
@Command(
    name = "restore",
    description = "Restore a restore point, or parts of it, into a cluster.",
    footer = {
      "",
      "Without options it goes to the context and namespace of origin and skips what exists."
    })
final class RestoreCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();
  @Mixin PlanOptions planning = new PlanOptions();

  @Parameters(
      paramLabel = "POINT",
      arity = "0..1",
      description = "Beginning of a restore point's id, or 'latest' (with -n, --context).")
  String point = "";

  @Option(names = "--to-namespace", paramLabel = "NAME", description = "Namespace to restore into.")
  String toNamespace = "";

  @Option(names = "--to-context", paramLabel = "NAME", description = "Context to restore into.")
  @Nullable String toContext;

  @Option(
      names = "--class-map",
      paramLabel = "OLD=NEW",
      split = ",",
      description = "StorageClass to use instead; may be repeated.")
  Map<String, String> classMap = new LinkedHashMap<>();

  @Option(
      names = "--only",
      paramLabel = "WHAT",
      description =
          "Only this: KIND, KIND/NAME, pvc/NAME with its files, or pvc/NAME:PATH for some of them"
              + " (!pvc/NAME:PATH leaves some out); may be repeated.")
  List<String> only = new ArrayList<>();

  @Option(
      names = "--existing",
      paramLabel = "WHAT",
      description = "Objects that exist: skip (default), overwrite or fail.")
  ExistingObjects existing = ExistingObjects.SKIP;

  @Option(
      names = "--volumes",
      paramLabel = "WHAT",
      description =
          "PVCs that exist: keep (default), merge or mirror. The latter two stop their workloads"
              + " first and take a restore point of what they replace.")
  ExistingVolumes volumes = ExistingVolumes.KEEP;

  @Option(names = "--suspend-cron-jobs", description = "Restore CronJobs suspended.")
  boolean suspendCronJobs;

  @Option(names = "--keep-node-ports", description = "Keep the node ports of Services.")
  boolean keepNodePorts;

  @Option(names = "--show-secrets", description = "Show values of Secrets in the plan.")
  boolean showSecrets;

  @Option(
      names = "--save-plan",
      paramLabel = "FILE",
      description = "Write the plan to a file, for --plan; nothing is restored.")
  @Nullable Path savePlan;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Carry out a saved plan; refused if the cluster has moved on since.")
  @Nullable Path savedPlan;

  /// Files that a plan lists of one PVC; it counts them all.
  private static final int MOST_FILES = 1_000;

  private final Wiring wiring;
  private final Access access;
  private final GlobalOptions options;

  RestoreCommand(Wiring wiring, Access access, GlobalOptions options) {
    this.wiring = wiring;
    this.access = access;
    this.options = options;
  }

  @Override
  public Integer call() {
    requireOneWish();
    try (PointAccess points = PointAccess.open(access, options)) {
      points.engine().tidy();
      return savedPlan == null ? wished(points) : saved(points, read(savedPlan));
    }
  }

  private void requireOneWish() {
    if ((savedPlan == null) == point.isEmpty()) {
      throw new InvalidInputException(
          "restore.what",
          savedPlan == null ? "no restore point is named" : "a restore point and a plan are named",
          "name a restore point, or a saved plan with --plan FILE");
    }
  }

  private int wished(PointAccess points) {
    RestorePoint found = points.find(point);
    try (ClusterSession cluster = access.cluster(target(found))) {
      access.unlockFor(JobNeeds.EVERYTHING, cluster, planning);
      RestorePlan plan = interruptible(cancel -> plan(points, cluster, cancel));
      return savePlan == null ? run(points, plan) : save(plan, savePlan);
    }
  }

  private int saved(PointAccess points, SavedRestorePlan plan) {
    String context = toContext == null ? options.context : toContext;
    try (ClusterSession cluster = access.cluster(context == null ? plan.context() : context)) {
      access.unlockFor(JobNeeds.EVERYTHING, cluster, planning);
      return run(
          points,
          interruptible(cancel -> points.engine().plan(plan, cluster, points.session(), cancel)));
    }
  }

  private int run(PointAccess points, RestorePlan plan) {
    return new PlanRun(wiring, points.engine(), planning, output.format)
        .run(plan, RestoreView.of(plan, files(plan)));
  }

  /// What happens to each file, where a program asks for the plan.
  private Map<String, PlannedFiles> files(RestorePlan plan) {
    boolean document = output.format == OutputFormat.JSON || output.format == OutputFormat.YAML;
    if (!planning.onlyPlan() || !document) {
      return Map.of();
    }
    return interruptible(cancel -> {
      Map<String, PlannedFiles> files = new TreeMap<>();
      plan.preview().volumes().stream()
          .filter(PlannedVolume::writes)
          .forEach(v -> files.put(v.pvc(), plan.files(v, MOST_FILES, cancel)));
      return files;
    });
  }

  private static SavedRestorePlan read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return SavedRestorePlan.parse(in.readNBytes(SavedRestorePlan.LARGEST + 1));
    } catch (IOException e) {
      throw new InvalidInputException(
          "restore.bad-plan",
          "the plan " + file + " cannot be read: " + e.getMessage(),
          "name the file that --save-plan wrote",
          e);
    }
  }

  private int save(RestorePlan plan, Path file) {
    try {
      Files.writeString(file, plan.saved().toYaml());
    } catch (IOException e) {
      throw new StorageException(
          "plan.not-saved",
          file + " cannot be written: " + e.getMessage(),
          "choose another place",
          e);
    }
    wiring.console().say("Saved the plan to " + file + "; nothing was restored.");
    return 0;
  }

  private RestorePlan plan(PointAccess points, ClusterSession cluster, CancelToken cancel) {
    RestoreRequest request =
        new RestoreRequest(
            point,
            points.filter(),
            toNamespace,
            classMap,
            only,
            existing,
            volumes,
            suspendCronJobs,
            keepNodePorts,
            showSecrets);
    return points.engine().plan(request, cluster, points.session(), cancel);
  }

  private <T> T interruptible(Function<CancelToken, T> work) {
    CancelToken cancel = new CancelToken();
    try (var _ = wiring.interrupts().guard(cancel::cancel, () -> "Stopped.")) {
      return work.apply(cancel);
    }
  }

  /// `--to-context`, else `--context`, else where it came from.
  private String target(RestorePoint found) {
    String named = toContext == null ? options.context : toContext;
    if (named != null) {
      return named;
    }
    boolean known =
        access.clusters().contexts(access.kubeconfig()).contexts().stream()
            .anyMatch(context -> context.name().equals(found.context()));
    if (!known) {
      throw new NotFoundException(
          "restore.no-context",
          "the context " + found.context() + " that it came from is in no kubeconfig",
          "name one with --to-context");
    }
    return found.context();
  }
}
