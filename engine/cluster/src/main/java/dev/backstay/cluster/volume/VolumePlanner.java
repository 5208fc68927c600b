package dev.backstay.cluster.volume;

import dev.backstay.cluster.access.AccessAnswer;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.mover.MoverUser;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.cluster.volume.PodMounts.Mount;
import dev.backstay.model.Ability;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.SnapshotClassChoice;
import dev.backstay.model.VolumeSnapshotInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Chooses a method for each PVC of a namespace, best first, and says why. Writes nothing: what the
/// server would refuse is found by a server-side dry run.
public final class VolumePlanner {

  private static final String TORN =
      "not consistent: files are read one after the other while the application writes";

  private final ClusterConnection connection;
  private final String namespace;
  private final ReadingRights rights;
  private final PodMounts mounts;
  private final Admission admission;

  /// Asks the server about rights and pods.
  public VolumePlanner(ClusterConnection connection, MoverSettings settings, String namespace) {
    this.connection = connection;
    this.namespace = namespace;
    this.rights = ReadingRights.ask(connection, namespace);
    this.mounts = new PodMounts(pods());
    this.admission = new Admission(connection, settings, namespace);
  }

  /// What the user may not do of all that reading volumes may need.
  public List<AccessAnswer> denied() {
    return rights.denied();
  }

  private List<ObjectNode> pods() {
    List<ObjectNode> found = new ArrayList<>();
    try {
      connection.list(TemporaryObject.POD.path(namespace), Query.NONE).forEachRemaining(found::add);
    } catch (EngineException e) {
      return List.of(); // without pods only snapshots are possible; the missing verb is in the plan
    }
    return found;
  }

  /// The plan of one PVC.
  public VolumePlan plan(PvcInfo pvc) {
    if (pvc.volumeMode().equals("Block")) {
      return none(
          pvc,
          "volume.block",
          "is a raw block volume",
          "raw block volumes come later; use a VolumeSnapshot for now");
    }
    if (!pvc.phase().equals("Bound")) {
      return none(pvc, "volume.unbound", "is " + pvc.phase() + " and holds no data", "");
    }
    if (!rights.mayExec()) {
      return none(
          pvc,
          "volume.no-exec",
          "cannot be read without get or create on pods/exec in " + namespace,
          "ask for that verb");
    }
    return new Choice(pvc).plan();
  }

  /// The plan of one PVC whose files are read from a VolumeSnapshot that is there.
  ///
  /// @param snapshot of that PVC, in the same namespace
  public VolumePlan plan(PvcInfo pvc, VolumeSnapshotInfo snapshot) {
    if (pvc.volumeMode().equals("Block")) {
      return plan(pvc);
    }
    if (!snapshot.ready()) {
      String why = snapshot.error().isEmpty() ? "" : ": " + snapshot.error();
      return none(
          pvc,
          "volume.snapshot-not-ready",
          "cannot be read from VolumeSnapshot " + snapshot.name() + ", which is not ready" + why,
          "wait until it is ready, or name another one");
    }
    if (!rights.mayExec()) {
      return plan(pvc);
    }
    return new Choice(pvc).from(snapshot);
  }

  private static VolumePlan none(PvcInfo pvc, String code, String why, String remedy) {
    ItemFailure blocker =
        new ItemFailure("volumes/" + pvc.name(), code, "PVC " + pvc.name() + " " + why, remedy);
    return new VolumePlan(
        pvc,
        VolumeMethod.NONE,
        "",
        "",
        MoverUser.ROOT,
        "not read",
        List.of(),
        List.of(),
        List.of(blocker),
        "",
        "",
        "",
        "",
        null);
  }

  /// The choice for one PVC, with what speaks against each method.
  private final class Choice {
    private final PvcInfo pvc;
    private final List<String> reasons = new ArrayList<>();
    private final Optional<Mount> mount;

    Choice(PvcInfo pvc) {
      this.pvc = pvc;
      this.mount = mounts.running(pvc.name());
    }

    VolumePlan plan() {
      Optional<MoverUser> user = mover();
      Optional<VolumePlan> best = user.flatMap(this::snapshot);
      return best.or(() -> other(user))
          .orElseGet(() ->
              none(
                  pvc,
                  "volume.no-method",
                  "cannot be read by any method: " + String.join("; ", reasons),
                  "see the reasons"));
    }

    VolumePlan from(VolumeSnapshotInfo snapshot) {
      Optional<MoverUser> user = mover();
      Optional<String> against =
          rights
              .lacking("persistentvolumeclaims")
              .or(() -> admission.claim(pvc).map(VolumePlanner::sentence));
      against.ifPresent(why -> reasons.add("no PVC from the VolumeSnapshot: " + why));
      if (user.isEmpty() || against.isPresent()) {
        return none(
            pvc,
            "volume.no-method",
            "cannot be read from VolumeSnapshot "
                + snapshot.name()
                + ": "
                + String.join("; ", reasons),
            "see the reasons");
      }
      String cut = snapshot.cut() == null ? "" : " at " + snapshot.cut();
      return new VolumePlan(
          pvc,
          VolumeMethod.VOLUME_SNAPSHOT,
          snapshot.snapshotClass(),
          snapshot.name(),
          user.get(),
          "all files as they were when VolumeSnapshot " + snapshot.name() + " was cut" + cut,
          losses(user.get()),
          List.of("VolumeSnapshot " + snapshot.name() + " is named; it stays"),
          List.of(),
          "",
          "",
          "",
          "",
          null);
    }

    private Optional<VolumePlan> other(Optional<MoverUser> user) {
      return user.flatMap(this::beside).or(this::inContainer);
    }

    /// As whom a mover pod would be admitted.
    private Optional<MoverUser> mover() {
      Optional<String> lacking = rights.lacking("pods");
      if (lacking.isPresent()) {
        reasons.add("no mover pod: " + lacking.get());
        return Optional.empty();
      }
      Optional<ItemFailure> refused = admission.pod(MoverUser.ROOT);
      if (refused.isEmpty()) {
        return Optional.of(MoverUser.ROOT);
      }
      reasons.add(sentence(refused.get()));
      Optional<MoverUser> user = mounts.user(pvc.name()).map(MoverUser::reading);
      if (user.isEmpty()) {
        reasons.add("no mover pod as another user: no pod that mounts it says who it runs as");
        return user;
      }
      Optional<ItemFailure> again = admission.pod(user.get());
      again.ifPresent(failure -> reasons.add(sentence(failure)));
      return again.isPresent() ? Optional.empty() : user;
    }

    private Optional<VolumePlan> snapshot(MoverUser user) {
      SnapshotClassChoice choice = pvc.snapshotClass();
      Optional<String> against = againstSnapshot(choice);
      if (against.isPresent()) {
        reasons.add("no VolumeSnapshot: " + against.get());
        return Optional.empty();
      }
      VolumePlan otherwise = choice.left() ? other(Optional.of(user)).orElse(null) : null;
      reasons.add(
          choice.reason() + (choice.left() ? ", so the driver's default class is asked for" : ""));
      return Optional.of(
          planned(
              VolumeMethod.VOLUME_SNAPSHOT,
              user,
              "crash-consistent: all files as they were at one moment",
              losses(user),
              otherwise));
    }

    private Optional<String> againstSnapshot(SnapshotClassChoice choice) {
      if (pvc.snapshot().answer() == Ability.Answer.NO || !(choice.chosen() || choice.left())) {
        return Optional.of(pvc.snapshot().source());
      }
      return rights
          .lacking("volumesnapshots", "persistentvolumeclaims")
          .or(() -> admission.volumeSnapshot(pvc).map(VolumePlanner::sentence))
          .or(() -> admission.claim(pvc).map(VolumePlanner::sentence));
    }

    private Optional<VolumePlan> beside(MoverUser user) {
      if (pvc.accessModes().contains("ReadWriteOncePod") && mount.isPresent()) {
        reasons.add("no mover pod beside the running one: the PVC is ReadWriteOncePod");
        return Optional.empty();
      }
      String consistency = mount.isPresent() ? TORN : "consistent: no pod uses the volume";
      return Optional.of(planned(VolumeMethod.BESIDE_POD, user, consistency, losses(user), null));
    }

    private Optional<VolumePlan> inContainer() {
      if (mount.isEmpty()) {
        reasons.add("no running pod mounts it");
        return Optional.empty();
      }
      return Optional.of(
          planned(
              VolumeMethod.IN_CONTAINER,
              MoverUser.ROOT,
              TORN,
              with("files that the container's user may not read"),
              null));
    }

    private VolumePlan planned(
        VolumeMethod method,
        MoverUser user,
        String consistency,
        List<String> losses,
        @Nullable VolumePlan otherwise) {
      Mount where =
          method == VolumeMethod.VOLUME_SNAPSHOT
              ? new Mount("", "", "", "")
              : mount.orElse(new Mount("", "", "", ""));
      return new VolumePlan(
          pvc,
          method,
          method == VolumeMethod.VOLUME_SNAPSHOT ? pvc.snapshotClass().name() : "",
          "",
          user,
          consistency,
          losses,
          reasons,
          List.of(),
          where.pod(),
          where.node(),
          where.container(),
          where.path(),
          otherwise);
    }
  }

  private static String sentence(ItemFailure failure) {
    return failure.message() + " (" + failure.remedy() + ")";
  }

  private static List<String> losses(MoverUser user) {
    return user.root() ? with() : with("files that " + user + " may not read");
  }

  private static List<String> with(String... more) {
    return Stream.concat(
            Stream.of("extended attributes and ACLs", "holes of sparse files are read as zeros"),
            Stream.of(more))
        .toList();
  }
}
