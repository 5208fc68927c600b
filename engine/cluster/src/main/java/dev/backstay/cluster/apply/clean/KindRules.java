package dev.backstay.cluster.apply.clean;

import java.util.Map;

/// Which rule is whose.
final class KindRules {

  private static final KindRule NONE = (object, stored, context, notes) -> {};

  private static final Map<String, KindRule> RULES =
      Map.ofEntries(
          Map.entry("/Pod", new PodRule()),
          Map.entry("/ServiceAccount", new ServiceAccountRule()),
          Map.entry("/Secret", new SecretRule()),
          Map.entry("/Service", new ServiceRule()),
          Map.entry("/Endpoints", new EndpointsRule("endpoints of a Service with a selector")),
          Map.entry(
              "discovery.k8s.io/EndpointSlice",
              new EndpointsRule("endpoints of a Service with a selector")),
          Map.entry("/PersistentVolumeClaim", new ClaimRule()),
          Map.entry("/PersistentVolume", new VolumeRule()),
          Map.entry("/Namespace", new NamespaceRule()),
          Map.entry("/ReplicationController", WorkloadRules::template),
          Map.entry("apps/Deployment", WorkloadRules::template),
          Map.entry("apps/ReplicaSet", WorkloadRules::template),
          Map.entry("apps/DaemonSet", WorkloadRules::daemons),
          Map.entry("apps/StatefulSet", WorkloadRules::claimTemplates),
          Map.entry("batch/Job", new JobRule()),
          Map.entry("batch/CronJob", WorkloadRules::cronJob),
          Map.entry("rbac.authorization.k8s.io/RoleBinding", AccessRules::subjects),
          Map.entry("rbac.authorization.k8s.io/ClusterRoleBinding", new ClusterBindingRule()),
          Map.entry("rbac.authorization.k8s.io/ClusterRole", new ClusterRoleRule()),
          Map.entry("apiextensions.k8s.io/CustomResourceDefinition", new DefinitionRule()),
          Map.entry("apiregistration.k8s.io/APIService", new ApiServiceRule()),
          Map.entry(
              "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
              ClusterRules::webhooks),
          Map.entry(
              "admissionregistration.k8s.io/MutatingWebhookConfiguration", ClusterRules::webhooks));

  private KindRules() {}

  static KindRule of(String group, String kind) {
    return RULES.getOrDefault(group + "/" + kind, NONE);
  }
}
