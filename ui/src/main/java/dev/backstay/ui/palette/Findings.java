package dev.backstay.ui.palette;

import dev.backstay.model.NamespaceInfo;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.shell.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything that the palette can find: actions, places, contexts, namespaces, PVCs, restore
/// points, and files of the folder that is open.
public final class Findings {

  private final Desk desk;
  private final List<Finding> all = new ArrayList<>();

  private Findings(Desk desk) {
    this.desk = desk;
  }

  /// @param actions what the present screen offers, first
  public static List<Finding> of(Desk desk, List<Finding> actions) {
    Findings findings = new Findings(desk);
    findings.all.addAll(actions);
    findings.places();
    findings.contexts();
    findings.pvcs();
    findings.points();
    return findings.all;
  }

  private void places() {
    place("nav.overview", "mdi2v-view-dashboard-outline", new Place.Overview());
    place("nav.points", "mdi2h-history", new Place.Points());
    place("nav.jobs", "mdi2p-progress-clock", new Place.Jobs(null));
    place("nav.repositories", "mdi2s-safe", new Place.Repositories());
    place("nav.settings", "mdi2c-cog-outline", new Place.Settings());
    place("nav.about", "mdi2i-information-outline", new Place.About());
  }

  private void place(String key, String icon, Place place) {
    add("palette.page", icon, Texts.of(key), "", () -> desk.navigator().go(place));
  }

  private void contexts() {
    for (OpenCluster cluster : desk.clusters().all()) {
      String name = cluster.key().label();
      add(
          "palette.context",
          "mdi2l-lan-connect",
          name,
          cluster.info().server(),
          () -> desk.clusters().open(cluster, _ -> {}));
      if (cluster.standing() == OpenCluster.Standing.OPEN) {
        add(
            "palette.page",
            "mdi2l-layers-outline",
            Texts.of("sidebar.classes"),
            name,
            () -> desk.navigator().go(new Place.Classes(cluster)));
        add(
            "palette.page",
            "mdi2d-database-outline",
            Texts.of("sidebar.volumes"),
            name,
            () -> desk.navigator().go(new Place.Volumes(cluster)));
        cluster.namespaces().stream()
            .map(NamespaceInfo::name)
            .forEach(namespace -> namespace(cluster, namespace));
      }
    }
  }

  private void namespace(OpenCluster cluster, String namespace) {
    String name = cluster.key().label();
    add(
        "palette.namespace",
        "mdi2c-cube-outline",
        namespace,
        name,
        () -> desk.navigator().go(new Place.Namespace(cluster, namespace)));
    add(
        "palette.action",
        "mdi2s-shield-plus-outline",
        Texts.of("palette.back-up", namespace),
        name,
        () -> desk.navigator().go(new Place.BackUp(cluster, namespace, List.of())));
  }

  /// PVCs of open clusters lead to their namespace, others to their newest state.
  private void pvcs() {
    Set<String> live = new HashSet<>();
    for (OpenCluster cluster : desk.clusters().all()) {
      for (PvcInfo pvc : cluster.pvcs()) {
        live.add(cluster.opened().identity().id() + "/" + pvc.namespace() + "/" + pvc.name());
        add(
            "palette.pvc",
            "mdi2d-database-outline",
            pvc.name(),
            pvc.namespace() + " · " + cluster.key().label(),
            () -> desk.navigator().go(new Place.Namespace(cluster, pvc.namespace(), pvc.name())));
      }
    }
    Map<String, RestorePoint> newest = new LinkedHashMap<>();
    for (RestorePoint point : desk.points().all()) {
      for (RestorePoint.Volume volume : point.volumes()) {
        newest.putIfAbsent(point.clusterId() + "/" + point.namespace() + "/" + volume.pvc(), point);
      }
    }
    newest.keySet().removeAll(live);
    newest.forEach((key, point) -> {
      String pvc = key.substring(key.lastIndexOf('/') + 1);
      add(
          "palette.pvc",
          "mdi2d-database-outline",
          pvc,
          point.namespace() + " · " + point.context(),
          () -> desk.navigator().go(new Place.Browse(point, "/volumes/" + pvc)));
    });
  }

  private void points() {
    for (RestorePoint point : desk.points().all()) {
      add(
          "palette.point",
          "mdi2r-record-circle-outline",
          point.namespace() + "  " + Amounts.moment(point.time()),
          point.shortId() + " · " + point.context(),
          () -> desk.navigator().go(new Place.Browse(point, "/")));
    }
  }

  private void add(String kind, String icon, String text, String more, Runnable go) {
    all.add(Finding.of(kind, icon, text, more, go));
  }
}
