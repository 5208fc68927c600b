package dev.backstay.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.backstay.ui.clusters.ClusterItem;
import dev.backstay.ui.clusters.ClusterTree;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.settings.Remembered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contexts at the left: by file, recent ones first, found by a part of a name, cluster or server.
final class SidebarTest {

  @TempDir Path folder;

  private static String contexts(String kubeconfig, String prefix, int count) {
    StringBuilder contexts = new StringBuilder();
    for (int i = 0; i < count; i++) {
      contexts.append("- {name: " + prefix + i + ", context: {cluster: sandbox, user: sandbox}}\n");
    }
    int begin = kubeconfig.indexOf("contexts:\n") + "contexts:\n".length();
    return kubeconfig.substring(0, begin) + contexts;
  }

  private static Map<String, List<String>> groups(WindowRun run, String filter) {
    return Toolkit.on(() -> {
      Map<String, List<String>> names = new LinkedHashMap<>();
      ClusterTree.groups(run.window().desk().clusters(), filter)
          .forEach(
              (group, all) -> names.put(group, all.stream().map(c -> c.key().name()).toList()));
      return names;
    });
  }

  private static void opens(WindowRun run, String name) {
    OpenCluster cluster =
        Toolkit.on(() -> run.window().desk().clusters().named(name).orElseThrow());
    Toolkit.run(() -> run.window().desk().clusters().open(cluster));
    run.until("it is open", () -> cluster.standing() == OpenCluster.Standing.OPEN);
  }

  private static String firstGroup(WindowRun run) {
    @SuppressWarnings("unchecked")
    TreeView<ClusterItem> tree = (TreeView<ClusterItem>) run.node("clusters");
    TreeItem<ClusterItem> first = tree.getRoot().getChildren().getFirst();
    return ((ClusterItem.Group) first.getValue()).name()
        + " "
        + first.getChildren().stream()
            .map(item -> ((ClusterItem.Context) item.getValue()).cluster().key().name())
            .toList();
  }

  @Test
  void groupsRecentOnesAndTheFilter() throws Exception {
    try (WindowRun bare = WindowRun.bare(folder.resolve("one"))) {
      String text = Files.readString(bare.kubeconfig());
      Path usual = Files.writeString(folder.resolve("usual"), contexts(text, "dev-", 5));
      Path extra = Files.writeString(folder.resolve("extra"), contexts(text, "prod-", 4));
      Path state = Files.createDirectories(folder.resolve("w").resolve("state"));
      Remembered kept = Remembered.in(state);
      kept.put("kubeconfigs", List.of(extra.toString()));
      kept.flush();
      try (WindowRun run = WindowRun.on(bare.sandbox(), folder.resolve("w"), usual, Map.of())) {
        run.until("all are listed", () -> run.window().desk().clusters().all().size() == 9);
        assertEquals(
            List.of(usual.toString(), extra.toString()), List.copyOf(groups(run, "").keySet()));
        opens(run, "dev-3");
        opens(run, "prod-1");
        assertEquals(List.of("prod-1", "dev-3"), groups(run, "").get("Recent"));
        run.until("so the tree shows it", () -> firstGroup(run).equals("Recent [prod-1, dev-3]"));
        run.shots("sidebar-recent");
        opens(run, "dev-3");
        assertEquals(List.of("prod-1", "dev-3"), groups(run, "").get("Recent"), "it was open");
        assertEquals(Map.of(extra.toString(), List.of("prod-2")), groups(run, " PROD-2 "));
        assertEquals(9, groups(run, "127.0.0.1").values().stream().mapToInt(List::size).sum());
        assertNull(groups(run, "dev").get("Recent"), "what is looked for is not grouped twice");
        run.type("context-filter", "prod-2");
        run.until("the tree is filtered", () -> firstGroup(run).endsWith("[prod-2]"));
      }
    }
  }
}
