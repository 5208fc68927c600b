package dev.backstay.cluster.volume;

import dev.backstay.cluster.access.AccessQuestion;
import dev.backstay.cluster.access.AccessReview;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.inventory.Inventory;
import dev.backstay.cluster.inventory.SnapshotClasses;
import dev.backstay.cluster.volumesnapshot.GroupFit;
import dev.backstay.model.PvcInfo;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether the VolumeSnapshots of a back-up are taken as one group, and what that changes in the
/// plans of its volumes.
///
/// @param fit how, null if they are taken one by one
/// @param volumes the plans, as a group or as they were
public record GroupPlan(@Nullable GroupFit fit, List<VolumePlan> volumes) {

  public GroupPlan {
    volumes = List.copyOf(volumes);
  }

  /// Decides. Several PVCs that are read from VolumeSnapshots become a group where one driver, one
  /// VolumeGroupSnapshotClass, their own labels and the user's rights let them.
  public static GroupPlan of(
      ClusterConnection connection, ServedTypes types, String namespace, List<VolumePlan> volumes) {
    List<PvcInfo> pvcs = volumes.stream().filter(VolumePlan::cuts).map(VolumePlan::pvc).toList();
    if (pvcs.size() < 2) {
      return new GroupPlan(null, volumes);
    }
    GroupFit fit = GroupFit.of(connection, types, pvcs, "");
    ResourceType type = fit.type();
    if (type == null || !fit.served()) {
      return new GroupPlan(null, volumes);
    }
    String against = against(connection, types, namespace, fit, type, pvcs);
    if (!against.isEmpty()) {
      return new GroupPlan(null, each(volumes, plan -> plan.because("not as a group: " + against)));
    }
    List<String> names = pvcs.stream().map(PvcInfo::name).toList();
    return new GroupPlan(fit, each(volumes, plan -> plan.grouped(names, fit.reason())));
  }

  private static String against(
      ClusterConnection connection,
      ServedTypes types,
      String namespace,
      GroupFit fit,
      ResourceType type,
      List<PvcInfo> pvcs) {
    if (!fit.fits()) {
      return fit.reason();
    }
    SnapshotClasses classes = new Inventory(connection, types).snapshotClasses();
    for (PvcInfo pvc : pvcs) {
      String standard = classes.choose(pvc.driver(), "").name();
      if (!pvc.snapshotClass().name().equals(standard)) {
        return "PVC " + pvc.name() + " names a VolumeSnapshotClass of its own";
      }
    }
    return new AccessReview(connection)
        .ask(questions(type, namespace)).stream()
            .filter(answer -> answer.denied())
            .map(answer -> "you may not " + answer.question())
            .findFirst()
            .orElse("");
  }

  private static List<AccessQuestion> questions(ResourceType type, String namespace) {
    return Stream.concat(
            Stream.of("get", "create", "delete")
                .map(verb -> AccessQuestion.of(verb, type.group(), type.plural(), namespace)),
            Stream.of(
                AccessQuestion.of("list", "snapshot.storage.k8s.io", "volumesnapshots", namespace)))
        .toList();
  }

  private static List<VolumePlan> each(
      List<VolumePlan> volumes, java.util.function.UnaryOperator<VolumePlan> change) {
    return volumes.stream().map(plan -> plan.cuts() ? change.apply(plan) : plan).toList();
  }
}
