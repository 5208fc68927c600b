package dev.backstay.cluster.mover;

import dev.backstay.cluster.temporary.JobTag;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The pod that exposes one PVC to us.
public final class MoverPod {

  /// The name of its only container.
  public static final String CONTAINER = "mover";

  /// What root in the pod may do: read and write as any owner, nothing more. All of them are
  /// allowed by the Pod Security level `baseline`.
  private static final List<String> CAPABILITIES =
      List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "MKNOD", "SETFCAP", "SETGID", "SETUID");

  /// A pod must not outlive us for ever, even if nobody ever cleans up.
  private static final long DEADLINE_SECONDS = 48 * 3600;

  private MoverPod() {}

  /// What it mounts, where, and as whom.
  ///
  /// @param pvc the claim it mounts at [Mover#ROOT]
  /// @param readOnly whether it may only read
  /// @param node the node it must run on, or empty for any
  /// @param user as whom it runs
  public record Use(String pvc, boolean readOnly, String node, MoverUser user) {}

  /// The pod's manifest.
  public static ObjectNode manifest(
      JobTag tag, MoverSettings settings, String namespace, String name, Use use) {
    ObjectNode pod = tag.object("v1", "Pod", namespace, name);
    pod.withObject("/metadata/annotations")
        .put("sidecar.istio.io/inject", "false")
        .put("linkerd.io/inject", "disabled");
    ObjectNode spec = pod.putObject("spec");
    spec.put("restartPolicy", "Never");
    spec.put("automountServiceAccountToken", false);
    spec.put("enableServiceLinks", false);
    spec.put("terminationGracePeriodSeconds", 0);
    spec.put("activeDeadlineSeconds", DEADLINE_SECONDS);
    place(spec, settings, use.node());
    user(spec.putObject("securityContext"), use.user());
    container(spec.putArray("containers").addObject(), settings, use);
    ArrayNode volumes = spec.putArray("volumes");
    volumes
        .addObject()
        .put("name", "volume")
        .putObject("persistentVolumeClaim")
        .put("claimName", use.pvc())
        .put("readOnly", use.readOnly());
    volumes.addObject().put("name", "tmp").putObject("emptyDir");
    return pod;
  }

  private static void user(ObjectNode security, MoverUser user) {
    security.put("runAsUser", user.uid());
    security.putObject("seccompProfile").put("type", "RuntimeDefault");
    if (user.root()) {
      return;
    }
    security.put("runAsGroup", user.gid()).put("runAsNonRoot", true);
    if (!user.groups().isEmpty()) {
      ArrayNode groups = security.putArray("supplementalGroups");
      user.groups().forEach(groups::add);
    }
    Long fsGroup = user.fsGroup();
    if (fsGroup != null) {
      security.put("fsGroup", fsGroup).put("fsGroupChangePolicy", "OnRootMismatch");
    }
  }

  private static void place(ObjectNode spec, MoverSettings settings, String node) {
    if (!node.isEmpty()) {
      // By affinity and not by nodeName: the scheduler must see it, or WaitForFirstConsumer never
      // binds.
      spec.withArray(
              "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms")
          .addObject()
          .putArray("matchFields")
          .addObject()
          .put("key", "metadata.name")
          .put("operator", "In")
          .putArray("values")
          .add(node);
      spec.putArray("tolerations").addObject().put("operator", "Exists");
    } else if (!settings.tolerations().isEmpty()) {
      spec.putArray("tolerations").addAll(settings.tolerations());
    }
    if (!settings.nodeSelector().isEmpty()) {
      ObjectNode selector = spec.putObject("nodeSelector");
      settings.nodeSelector().forEach(selector::put);
    }
    settings
        .pullSecrets()
        .forEach(secret -> spec.withArray("imagePullSecrets").addObject().put("name", secret));
  }

  private static void container(ObjectNode container, MoverSettings settings, Use use) {
    container
        .put("name", CONTAINER)
        .put("image", settings.image())
        .put("imagePullPolicy", settings.pullPolicy());
    container
        .putArray("command")
        .add("sh")
        .add("-c")
        .add("trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done");
    container
        .putArray("env")
        .addObject()
        .put("name", Mover.SCRIPT_VARIABLE)
        .put("value", Mover.script().replace("$(", "$$(")); // kubelet expands $(…) otherwise
    if (!settings.resources().isEmpty()) {
      ObjectNode resources = container.putObject("resources");
      settings.resources().forEach(resources::set);
    }
    ObjectNode security = container.putObject("securityContext");
    security.put("allowPrivilegeEscalation", false);
    ObjectNode capabilities = security.putObject("capabilities");
    capabilities.putArray("drop").add("ALL");
    if (use.user().root()) {
      ArrayNode added = capabilities.putArray("add");
      CAPABILITIES.forEach(added::add);
    }
    ArrayNode mounts = container.putArray("volumeMounts");
    mounts
        .addObject()
        .put("name", "volume")
        .put("mountPath", Mover.ROOT)
        .put("readOnly", use.readOnly());
    mounts.addObject().put("name", "tmp").put("mountPath", "/tmp");
  }
}
