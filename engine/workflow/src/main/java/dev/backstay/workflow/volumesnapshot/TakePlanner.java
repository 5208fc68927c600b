package dev.backstay.workflow.volumesnapshot;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.inventory.Inventory;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.cluster.volumesnapshot.GroupFit;
import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.SnapshotClassChoice;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Computes which VolumeSnapshots would be taken, and how. Writes nothing: what the server tries,
/// it tries as a dry run.
public final class TakePlanner {

  /// RFC 1123 subdomain, as the API server checks names.
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Engine engine;
  private final ClusterSession cluster;
  private final TakeRequest request;
  private final Rights rights;
  private final List<ItemFailure> blockers = new ArrayList<>();
  private final List<ItemFailure> warnings = new ArrayList<>();

  /// The session must stay open until the plan's job has ended.
  public TakePlanner(Engine engine, ClusterSession cluster, TakeRequest request) {
    this.engine = engine;
    this.cluster = cluster;
    this.request = request;
    this.rights = new Rights(cluster.connection(), request.namespace());
  }

  /// @throws NotFoundException if a PVC does not exist
  /// @throws InvalidInputException if the request contradicts itself
  public TakePlan plan() {
    check();
    List<PvcInfo> pvcs = pvcs();
    pvcs.forEach(pvc -> Choices.unbound(pvc).ifPresent(blockers::add));
    Decision decision = decide(pvcs);
    List<PlannedTake> items =
        decision.group() == null ? singly(pvcs) : pvcs.stream().map(TakePlanner::member).toList();
    ResourceType made =
        decision.group() == null ? TemporaryObject.VOLUME_SNAPSHOT : decision.group().type();
    rights.ask(made, "create", "get", "delete", "patch");
    blockers.addAll(rights.blockers(made, "create", "get"));
    warnings.addAll(missing(made));
    TakeJob job =
        new TakeJob(engine, cluster, request, items, decision.group(), rights.may("patch", made));
    if (blockers.isEmpty()) {
      job.manifests(TakeJob.DRY_RUN).forEach(this::tryOut);
    }
    blockers.addAll(cluster.blockers());
    return new TakePlan(
        cluster.context(),
        request.namespace(),
        items,
        decision.group(),
        decision.reason(),
        rights.missing(),
        List.copyOf(blockers),
        List.copyOf(warnings),
        job);
  }

  /// @param group null for one by one
  private record Decision(@Nullable PlannedGroup group, String reason) {}

  private void check() {
    if (!request.name().isEmpty() && !NAME.matcher(request.name()).matches()) {
      throw new InvalidInputException(
          "volumesnapshot.bad-name",
          "'" + request.name() + "' is not a name of an object",
          "use lower-case letters, digits, '-' and '.'");
    }
    if (request.grouping() == Grouping.ALWAYS && !request.snapshotClass().isEmpty()) {
      throw new InvalidInputException(
          "volumesnapshot.class-of-group",
          "a group is taken by a VolumeGroupSnapshotClass, which --class does not name",
          "name it with --group-class");
    }
    if (request.grouping() == Grouping.NEVER && !request.groupClass().isEmpty()) {
      throw new InvalidInputException(
          "volumesnapshot.class-of-no-group",
          "--group-class and --no-group contradict each other",
          "leave one of them out");
    }
  }

  private List<PvcInfo> pvcs() {
    Map<String, PvcInfo> there =
        cluster.pvcs(request.namespace()).items().stream()
            .collect(Collectors.toMap(PvcInfo::name, Function.identity()));
    List<String> absent = request.pvcs().stream().filter(n -> !there.containsKey(n)).toList();
    if (!absent.isEmpty()) {
      throw new NotFoundException(
          "volumesnapshot.no-such-pvc",
          "there is no PVC " + String.join(", ", absent) + " in namespace " + request.namespace(),
          "list them with: backstay pvcs -n " + request.namespace());
    }
    return request.pvcs().stream().map(name -> Objects.requireNonNull(there.get(name))).toList();
  }

  private Decision decide(List<PvcInfo> pvcs) {
    boolean wanted = request.grouping() == Grouping.ALWAYS || !request.groupClass().isEmpty();
    if (request.grouping() == Grouping.NEVER) {
      return new Decision(null, "one by one, as asked");
    }
    if (!wanted && pvcs.size() == 1) {
      return new Decision(null, "one PVC needs no group");
    }
    if (!wanted && !request.snapshotClass().isEmpty()) {
      return new Decision(null, "one by one: --class names a class that takes no groups");
    }
    GroupFit fit = GroupFit.of(cluster.connection(), cluster.types(), pvcs, request.groupClass());
    if (!fit.served() || fit.type() == null) {
      return refused(wanted, fit.reason());
    }
    rights.ask(fit.type(), "create");
    if (!wanted && !rights.may("create", fit.type())) {
      return refused(false, "you may not create volumegroupsnapshots");
    }
    if (!wanted && !fit.fits()) {
      return refused(false, fit.reason() + "; --group labels them for the moment of taking");
    }
    return new Decision(group(fit, fit.type()), "as a group at one moment: " + fit.reason());
  }

  private Decision refused(boolean wanted, String reason) {
    if (wanted) {
      blockers.add(
          new ItemFailure(
              "volumegroupsnapshots",
              "volumesnapshot.no-group",
              "no group can be taken: " + reason,
              "look at 'backstay classes', or take them one by one with --no-group"));
    }
    return new Decision(null, "one by one, all at once: " + reason);
  }

  private PlannedGroup group(GroupFit fit, ResourceType type) {
    rights.ask(TemporaryObject.VOLUME_SNAPSHOT, "list");
    blockers.addAll(rights.blockers(TemporaryObject.VOLUME_SNAPSHOT, "list"));
    if (fit.selector() == null) {
      rights.ask(TemporaryObject.PVC, "patch");
      blockers.addAll(rights.blockers(TemporaryObject.PVC, "patch"));
      warnings.add(
          new ItemFailure(
              "persistentvolumeclaims",
              "volumesnapshot.temporary-label",
              "the PVCs get a label for the time that the group is taken, which is removed"
                  + " afterwards",
              ""));
    }
    String name = request.name().isEmpty() ? "group-" + time() : request.name();
    return new PlannedGroup(type, name, fit.groupClass(), fit.deletionPolicy(), fit.selector());
  }

  private String time() {
    return TIME.format(engine.settings().clock().instant());
  }

  private static PlannedTake member(PvcInfo pvc) {
    return new PlannedTake(pvc, "", "", "taken by the group", "");
  }

  private List<PlannedTake> singly(List<PvcInfo> pvcs) {
    Choices choices =
        new Choices(new Inventory(cluster.connection(), cluster.types()).snapshotClasses());
    return pvcs.stream().map(pvc -> single(pvc, choices)).toList();
  }

  private PlannedTake single(PvcInfo pvc, Choices choices) {
    SnapshotClassChoice choice = choices.choose(pvc, request.snapshotClass());
    if (pvc.phase().equals("Bound")) {
      Choices.blocker(pvc, choice).ifPresent(blockers::add);
    }
    return new PlannedTake(
        pvc, name(pvc), choice.name(), choice.reason(), choices.deletionPolicy(choice.name()));
  }

  private String name(PvcInfo pvc) {
    if (request.name().isEmpty()) {
      return pvc.name() + "-" + time();
    }
    return request.pvcs().size() == 1 ? request.name() : request.name() + "-" + pvc.name();
  }

  /// Verbs without which it still works, only not as cleanly.
  private List<ItemFailure> missing(ResourceType made) {
    List<ItemFailure> warned = new ArrayList<>();
    for (String verb : List.of("delete", "patch")) {
      if (!rights.may(verb, made)) {
        warned.add(
            new ItemFailure(
                made.qualifiedPlural(),
                "volumesnapshot.no-" + verb,
                "you may not " + verb + " " + made.qualifiedPlural(),
                verb.equals("delete")
                    ? "what a failed job made would stay"
                    : "what a killed job made would stay and not be found by 'backstay cleanup'"));
      }
    }
    return warned;
  }

  /// Quotas, admission webhooks and names that are taken speak here.
  private void tryOut(TemporaryObject object, ObjectNode manifest) {
    ClusterConnection connection = cluster.connection();
    try {
      connection.create(object.collection(), manifest, WriteMode.DRY_RUN);
    } catch (ConflictException e) {
      blockers.add(
          new ItemFailure(
              object.type().plural() + "/" + object.name(),
              "volumesnapshot.exists",
              "there is a " + object.type().kind() + " " + object.name() + " already",
              "choose another --name"));
    } catch (EngineException e) {
      blockers.add(ItemFailure.of(object.type().plural() + "/" + object.name(), e));
    }
  }
}
