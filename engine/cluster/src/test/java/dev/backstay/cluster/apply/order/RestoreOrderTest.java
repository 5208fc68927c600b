package dev.backstay.cluster.apply.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.manifest.ManifestKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RestoreOrderTest {

  private static ManifestKey key(String group, String kind, String name) {
    return new ManifestKey(group, "v1", kind + "s", kind, "shop", name);
  }

  @Test
  void whatOthersNeedComesFirstFromWhateverOrder() {
    List<ManifestKey> wanted =
        List.of(
            key("apiextensions.k8s.io", "CustomResourceDefinition", "crews"),
            key("", "Namespace", "shop"),
            key("storage.k8s.io", "StorageClass", "fast"),
            key("", "ServiceAccount", "app"),
            key("rbac.authorization.k8s.io", "ClusterRole", "reader"),
            key("rbac.authorization.k8s.io", "Role", "reader"),
            key("rbac.authorization.k8s.io", "RoleBinding", "reader"),
            key("", "Secret", "login"),
            key("", "ConfigMap", "settings"),
            key("", "ResourceQuota", "small"),
            key("", "PersistentVolume", "disk"),
            key("", "PersistentVolumeClaim", "data"),
            key("", "Service", "web"),
            key("", "Endpoints", "web"),
            key("networking.k8s.io", "NetworkPolicy", "deny"),
            key("", "Pod", "bare"),
            key("apps", "Deployment", "web"),
            key("apps", "StatefulSet", "db"),
            key("batch", "CronJob", "nightly"),
            key("autoscaling", "HorizontalPodAutoscaler", "web"),
            key("networking.k8s.io", "Ingress", "web"),
            key("acme.io", "Crew", "night-watch"),
            key("admissionregistration.k8s.io", "ValidatingWebhookConfiguration", "guard"));
    for (int seed = 0; seed < 20; seed++) {
      List<ManifestKey> keys = new ArrayList<>(wanted);
      Collections.shuffle(keys, new Random(seed));
      keys.sort(RestoreOrder.comparator());
      assertEquals(wanted, keys);
    }
  }

  @Test
  void volumesAreFilledBeforeThePodsThatUseThem() {
    assertTrue(RestoreOrder.stage(key("", "PersistentVolumeClaim", "x")).beforeWorkloads());
    assertTrue(RestoreOrder.stage(key("", "Secret", "x")).beforeWorkloads());
    assertFalse(RestoreOrder.stage(key("", "Pod", "x")).beforeWorkloads());
    assertFalse(RestoreOrder.stage(key("acme.io", "Database", "x")).beforeWorkloads());
  }
}
