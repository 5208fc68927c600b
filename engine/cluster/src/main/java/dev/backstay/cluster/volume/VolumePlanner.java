package dev.backstay.cluster.volume;

import dev.backstay.cluster.access.AccessAnswer;
import dev.backstay.cluster.access.AccessQuestion;
import dev.backstay.cluster.access.AccessReview;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.mover.MoverPod;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.model.Ability;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.PvcInfo;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Chooses a method for each PVC of a namespace, best first, and says why. Writes nothing: mover
/// pods are only tried by a server-side dry run.
public final class VolumePlanner {

  private static final List<String> BUSYBOX_LOSSES =
      List.of("extended attributes and ACLs", "holes of sparse files are read as zeros");

  private final ClusterConnection connection;
  private final MoverSettings settings;
  private final String namespace;
  private final List<AccessAnswer> answers;
  private final List<ObjectNode> pods;
  private final @Nullable ItemFailure podRefused;

  /// Asks the server about rights, pods and whether it would admit a mover pod.
  public VolumePlanner(ClusterConnection connection, MoverSettings settings, String namespace) {
    this.connection = connection;
    this.settings = settings;
    this.namespace = namespace;
    this.answers = new AccessReview(connection).ask(questions());
    this.pods = pods();
    this.podRefused = allowed("create", "pods", "") ? dryRunPod() : null;
  }

  /// Everything that reading volumes may need.
  private List<AccessQuestion> questions() {
    String snapshots = "snapshot.storage.k8s.io";
    Stream<AccessQuestion> own =
        Stream.of("get", "create", "delete")
            .flatMap(verb ->
                Stream.of(
                    AccessQuestion.of(verb, "", "pods", namespace),
                    AccessQuestion.of(verb, "", "persistentvolumeclaims", namespace),
                    AccessQuestion.of(verb, snapshots, "volumesnapshots", namespace)));
    Stream<AccessQuestion> streams =
        Stream.concat(
            AccessReview.exec(namespace).stream(), AccessReview.portForward(namespace).stream());
    return Stream.concat(
            Stream.concat(own, streams),
            Stream.of(AccessQuestion.of("patch", "", "persistentvolumes", "")))
        .toList();
  }

  /// What the user may not do of all that reading volumes may need.
  public List<AccessAnswer> denied() {
    return answers.stream().filter(AccessAnswer::denied).toList();
  }

  private boolean allowed(String verb, String resource, String subresource) {
    return answers.stream()
        .filter(a -> a.question().verb().equals(verb))
        .filter(a -> a.question().resource().equals(resource))
        .filter(a -> a.question().subresource().equals(subresource))
        .noneMatch(AccessAnswer::denied);
  }

  private boolean mayExec() {
    // Older servers want get, newer ones create: which one cannot be told, so both must not be
    // missing.
    return allowed("get", "pods", "exec") || allowed("create", "pods", "exec");
  }

  private List<ObjectNode> pods() {
    List<ObjectNode> found = new ArrayList<>();
    try {
      Iterator<ObjectNode> all =
          connection.list("/api/v1/namespaces/" + namespace + "/pods", Query.NONE);
      all.forEachRemaining(found::add);
    } catch (EngineException e) {
      return List.of(); // without pods only snapshots are possible; the missing verb is in the plan
    }
    return found;
  }

  /// Quota, LimitRange and Pod Security speak here.
  private @Nullable ItemFailure dryRunPod() {
    JobTag tag = new JobTag("dryrun", "dryrun");
    ObjectNode pod =
        MoverPod.manifest(
            tag, settings, namespace, "backstay-dry-run", "backstay-dry-run", true, "");
    try {
      connection.create("/api/v1/namespaces/" + namespace + "/pods", pod, WriteMode.DRY_RUN);
      return null;
    } catch (EngineException e) {
      return new ItemFailure(
          "mover pod",
          "volume.mover-refused",
          "the server would refuse the mover pod: " + e.getMessage(),
          "set resources in the settings for a quota, or allow the Pod Security level 'baseline' in"
              + " "
              + namespace);
    }
  }

  /// The plan of one PVC.
  public VolumePlan plan(PvcInfo pvc) {
    List<String> reasons = new ArrayList<>();
    if (pvc.volumeMode().equals("Block")) {
      return none(
          pvc,
          reasons,
          blocked(
              pvc,
              "volume.block",
              "is a raw block volume",
              "raw block volumes come later; use a VolumeSnapshot for now"));
    }
    if (!pvc.phase().equals("Bound")) {
      return none(
          pvc,
          reasons,
          blocked(pvc, "volume.unbound", "is " + pvc.phase() + " and holds no data", ""));
    }
    if (!mayExec()) {
      return none(
          pvc,
          reasons,
          blocked(
              pvc,
              "volume.no-exec",
              "cannot be read without get or create on pods/exec in " + namespace,
              "ask for that verb"));
    }
    return snapshot(pvc, reasons)
        .or(() -> beside(pvc, reasons))
        .or(() -> inContainer(pvc, reasons))
        .orElseGet(() ->
            none(
                pvc,
                reasons,
                blocked(
                    pvc,
                    "volume.no-method",
                    "cannot be read by any method: " + String.join("; ", reasons),
                    "see the reasons")));
  }

  private static ItemFailure blocked(PvcInfo pvc, String code, String why, String remedy) {
    return new ItemFailure("volumes/" + pvc.name(), code, "PVC " + pvc.name() + " " + why, remedy);
  }

  private Optional<VolumePlan> snapshot(PvcInfo pvc, List<String> reasons) {
    if (pvc.snapshot().answer() == Ability.Answer.NO || pvc.snapshotClass().name().isEmpty()) {
      reasons.add("no VolumeSnapshot: " + pvc.snapshot().source());
    } else if (!allowed("create", "volumesnapshots", "")
        || !allowed("create", "persistentvolumeclaims", "")) {
      reasons.add(
          "no VolumeSnapshot: create volumesnapshots or persistentvolumeclaims is not allowed");
    } else if (!mayMove(reasons)) {
      return Optional.empty();
    } else {
      reasons.add(pvc.snapshotClass().reason());
      return Optional.of(
          new VolumePlan(
              pvc,
              VolumeMethod.VOLUME_SNAPSHOT,
              pvc.snapshotClass().name(),
              "crash-consistent: all files as they were at one moment",
              BUSYBOX_LOSSES,
              reasons,
              List.of(),
              "",
              "",
              "",
              ""));
    }
    return Optional.empty();
  }

  private boolean mayMove(List<String> reasons) {
    ItemFailure refused = podRefused;
    if (!allowed("create", "pods", "")) {
      reasons.add("no mover pod: create pods is not allowed");
    } else if (refused != null) {
      reasons.add(refused.message());
    }
    return allowed("create", "pods", "") && refused == null;
  }

  private Optional<VolumePlan> beside(PvcInfo pvc, List<String> reasons) {
    Optional<Mount> mount = mount(pvc);
    if (pvc.accessModes().contains("ReadWriteOncePod") && mount.isPresent()) {
      reasons.add("no mover pod beside the running one: the PVC is ReadWriteOncePod");
      return Optional.empty();
    }
    if (!mayMove(reasons)) {
      return Optional.empty();
    }
    String node = mount.map(Mount::node).orElse("");
    return Optional.of(
        new VolumePlan(
            pvc,
            VolumeMethod.BESIDE_POD,
            "",
            mount.isPresent()
                ? "not consistent: files are read one after the other while the application writes"
                : "consistent: no pod uses the volume",
            BUSYBOX_LOSSES,
            reasons,
            List.of(),
            mount.map(Mount::pod).orElse(""),
            node,
            "",
            ""));
  }

  private Optional<VolumePlan> inContainer(PvcInfo pvc, List<String> reasons) {
    Optional<Mount> mount = mount(pvc);
    if (mount.isEmpty()) {
      reasons.add("no running pod mounts it");
      return Optional.empty();
    }
    Mount m = mount.get();
    return Optional.of(
        new VolumePlan(
            pvc,
            VolumeMethod.IN_CONTAINER,
            "",
            "not consistent: files are read one after the other while the application writes",
            Stream.concat(
                    BUSYBOX_LOSSES.stream(),
                    Stream.of("files that the container's user may not read"))
                .toList(),
            reasons,
            List.of(),
            m.pod(),
            m.node(),
            m.container(),
            m.path()));
  }

  private VolumePlan none(PvcInfo pvc, List<String> reasons, ItemFailure blocker) {
    return new VolumePlan(
        pvc,
        VolumeMethod.NONE,
        "",
        "not read",
        List.of(),
        reasons,
        List.of(blocker),
        "",
        "",
        "",
        "");
  }

  /// Where a running pod has the PVC.
  private record Mount(String pod, String node, String container, String path) {}

  private Optional<Mount> mount(PvcInfo pvc) {
    return pods.stream()
        .filter(pod -> pod.at("/status/phase").asString("").equals("Running"))
        .flatMap(pod -> mounts(pod, pvc.name()))
        .findFirst();
  }

  private static Stream<Mount> mounts(ObjectNode pod, String pvc) {
    List<String> volumes = new ArrayList<>();
    for (JsonNode volume : pod.at("/spec/volumes")) {
      if (volume.at("/persistentVolumeClaim/claimName").asString("").equals(pvc)) {
        volumes.add(volume.path("name").asString(""));
      }
    }
    List<Mount> mounts = new ArrayList<>();
    for (JsonNode container : pod.at("/spec/containers")) {
      for (JsonNode mount : container.path("volumeMounts")) {
        if (volumes.contains(mount.path("name").asString(""))
            && mount.path("subPath").isMissingNode()) {
          mounts.add(
              new Mount(
                  pod.at("/metadata/name").asString(""),
                  pod.at("/spec/nodeName").asString(""),
                  container.path("name").asString(""),
                  mount.path("mountPath").asString("")));
        }
      }
    }
    return mounts.stream();
  }
}
