package dev.backstay.app.demo;

import dev.backstay.model.NotFoundException;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The story that the demo tells: back up, lose something, browse, restore, compare.
final class Demo {

  private static final String NAMESPACE = DemoShop.NAMESPACE;
  private static final List<String> PVCS = List.of("data-db-0", "uploads");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Sandbox sandbox;
  private final DemoShell shell;
  private final Path folder;
  private final DemoProof proof = new DemoProof();

  Demo(Sandbox sandbox, DemoShell shell, Path folder) {
    this.sandbox = sandbox;
    this.shell = shell;
    this.folder = folder;
  }

  DemoProof tell() throws DemoShell.Stopped, IOException {
    shell.say(
        "A demo cluster runs inside this process. Its namespace '" + NAMESPACE + "' is a shop:");
    shell.say("a database and an upload service with a PVC each, config, secrets, a CronJob.");
    DemoShop shop = DemoShop.install(sandbox);
    shell.show("repo", "init");
    olderPoints(shop);
    shell.show("pvcs", "-n", NAMESPACE);
    shell.show("backup", "-n", NAMESPACE);
    Map<String, FolderState> truth = volumes();
    shell.show("points", "-n", NAMESPACE);
    String file = Objects.requireNonNull(truth.get("uploads")).files().getFirst();
    String configMap = configMap();
    JsonNode config = data(configMap);
    lose(file, configMap);
    browse(file);
    compareCopy(truth);
    shell.show(
        "restore",
        "latest",
        "-n",
        NAMESPACE,
        "--only",
        "configmaps/" + configMap,
        "--only",
        "pvc/uploads",
        "--volumes",
        "merge",
        "--yes");
    sandbox.settle(PATIENCE);
    compare(truth, configMap, config);
    return proof;
  }

  private void olderPoints(DemoShop shop) throws DemoShell.Stopped {
    for (int state = 0; state < DemoShop.EARLIER_STATES; state++) {
      shop.earlierState(state);
      sandbox.settle(PATIENCE);
      shell.quietly("backup", "-n", NAMESPACE);
    }
    shop.presentState();
    sandbox.settle(PATIENCE);
    shell.say("");
    shell.say("It has " + DemoShop.EARLIER_STATES + " older restore points.");
  }

  private Map<String, FolderState> volumes() {
    Map<String, FolderState> states = new LinkedHashMap<>();
    PVCS.forEach(pvc -> states.put(pvc, FolderState.of(sandbox.volume(NAMESPACE, pvc))));
    return states;
  }

  private String configMap() throws DemoShell.Stopped {
    JsonNode listing = shell.json("ls", "latest:/manifests/core/configmaps", "-n", NAMESPACE);
    return DemoShell.paths(listing).stream()
        .map(path -> path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.yaml$", ""))
        .filter(name -> !name.equals("kube-root-ca.crt"))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("demo.config", "the shop has no ConfigMap", ""));
  }

  private JsonNode data(String configMap) {
    String object =
        sandbox
            .get("configmaps", NAMESPACE, configMap)
            .orElseThrow(() ->
                new NotFoundException(
                    "demo.config", "the ConfigMap " + configMap + " is not there", ""));
    return JsonMapper.shared().readTree(object).path("data");
  }

  private void lose(String file, String configMap) throws IOException {
    shell.say("");
    shell.say("Now somebody deletes the file " + file + " of the PVC uploads");
    shell.say("and the ConfigMap " + configMap + ".");
    Files.delete(sandbox.volume(NAMESPACE, "uploads").resolve(file));
    sandbox.delete("configmaps", NAMESPACE, configMap);
  }

  private void browse(String file) throws DemoShell.Stopped {
    JsonNode all = shell.json("ls", "latest", "-R", "-n", NAMESPACE);
    shell.say("");
    shell.say("The restore point holds:");
    PathTree.draw(DemoShell.paths(all)).forEach(shell::say);
    shell.show("ls", "latest:/volumes/uploads/" + file, "-n", NAMESPACE);
  }

  private void compareCopy(Map<String, FolderState> truth) throws DemoShell.Stopped {
    Path copy = folder.resolve("copy");
    shell.show("get", "latest:/volumes", copy.toString(), "-n", NAMESPACE);
    truth.forEach((pvc, state) ->
        proof.that(
            "the restore point holds every file of the PVC " + pvc + ", byte for byte",
            state.differences(FolderState.of(copy.resolve(pvc)))));
  }

  private void compare(Map<String, FolderState> truth, String configMap, JsonNode config)
      throws DemoShell.Stopped {
    Map<String, FolderState> now = volumes();
    truth.forEach((pvc, state) ->
        proof.that(
            "after the restore the PVC " + pvc + " is what it was: names, bytes, modes, times",
            state.differences(Objects.requireNonNull(now.get(pvc)))));
    JsonNode restored = data(configMap);
    proof.that(
        "the ConfigMap " + configMap + " is back with its data",
        restored.equals(config) ? List.of() : List.of("it holds " + restored));
    JsonNode left = shell.json("cleanup", "--dry-run").path("items");
    proof.that(
        "no temporary object is left in the cluster",
        left.valueStream().map(JsonNode::toString).toList());
    shell.show("repo", "check", "--read-data");
    proof.that("the repository is sound, every pack read and verified", List.of());
  }
}
