package dev.backstay.app.settings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the settings file says about mover pods; what is null or empty is left to the engine.
///
/// @param image the container image
/// @param imagePullPolicy as Kubernetes has it
/// @param namespace where temporary PVCs and mover pods live; null is the application's namespace
/// @param pullSecrets names of Secrets in that namespace
/// @param nodeSelector labels that its node must have
/// @param tolerations as in a pod's `spec.tolerations`
/// @param requests such as `cpu: 100m`
/// @param limits such as `memory: 256Mi`
public record MoverSettings(
    @Nullable String image,
    @Nullable String imagePullPolicy,
    @Nullable String namespace,
    List<String> pullSecrets,
    Map<String, String> nodeSelector,
    List<Map<String, String>> tolerations,
    Map<String, String> requests,
    Map<String, String> limits) {

  static final MoverSettings NONE =
      new MoverSettings(null, null, null, List.of(), Map.of(), List.of(), Map.of(), Map.of());
}
