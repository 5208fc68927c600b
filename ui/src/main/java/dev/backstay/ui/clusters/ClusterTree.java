package dev.backstay.ui.clusters;

import dev.backstay.model.NamespaceInfo;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.StatePane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Which lines the sidebar's tree has, for what is typed into its field.
public final class ClusterTree {

  /// So many contexts are grouped and can be recent; below, a flat list is clearer.
  private static final int FEW = 6;

  private ClusterTree() {}

  /// Groups and the contexts in them.
  ///
  /// @param filter what a context's name, cluster or server must contain
  public static Map<String, List<OpenCluster>> groups(Clusters clusters, String filter) {
    String wanted = filter.strip().toLowerCase(Locale.ROOT);
    List<OpenCluster> all = clusters.all().stream().filter(c -> matches(c, wanted)).toList();
    Map<String, List<OpenCluster>> groups = new LinkedHashMap<>();
    if (all.size() > FEW && wanted.isEmpty()) {
      List<OpenCluster> recent =
          clusters.recent().stream()
              .flatMap(key -> all.stream().filter(c -> c.key().text().equals(key)))
              .toList();
      if (!recent.isEmpty()) {
        groups.put(Texts.of("sidebar.recent"), recent);
      }
    }
    all.forEach(c -> groups.computeIfAbsent(file(c), _ -> new ArrayList<>()).add(c));
    return groups;
  }

  private static String file(OpenCluster cluster) {
    String file = cluster.info().file();
    String home = System.getProperty("user.home", "");
    return !home.isEmpty() && file.startsWith(home) ? "~" + file.substring(home.length()) : file;
  }

  private static boolean matches(OpenCluster cluster, String wanted) {
    return wanted.isEmpty()
        || Stream.of(cluster.key().label(), cluster.info().cluster(), cluster.info().server())
            .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
  }

  /// What stands under a context.
  public static List<ClusterItem> below(OpenCluster cluster) {
    return switch (cluster.standing()) {
      case CLOSED -> List.of();
      case CONNECTING ->
          List.of(new ClusterItem.Message(cluster, Texts.of("sidebar.connecting"), false));
      case FAILED -> List.of(new ClusterItem.Message(cluster, failure(cluster), true));
      case OPEN -> open(cluster);
    };
  }

  private static String failure(OpenCluster cluster) {
    return StatePane.sentence(String.valueOf(Objects.requireNonNull(cluster.error()).getMessage()));
  }

  private static List<ClusterItem> open(OpenCluster cluster) {
    List<ClusterItem> items = new ArrayList<>();
    items.add(new ClusterItem.Volumes(cluster));
    items.add(new ClusterItem.Classes(cluster));
    cluster.namespaces().stream()
        .map(NamespaceInfo::name)
        .map(name -> new ClusterItem.Namespace(cluster, name))
        .forEach(items::add);
    return items;
  }
}
