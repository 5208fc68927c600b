package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import io.kubernetes.client.custom.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Whether what is created fits the quotas of the namespace, counted all together: the server's dry
/// run tries each object alone.
final class QuotaFit {

  private static final ResourceType QUOTA = ResourceType.core("resourcequotas", "ResourceQuota");

  private final Map<String, BigDecimal> planned = new HashMap<>();

  QuotaFit(List<PlannedManifest> objects) {
    objects.stream().filter(o -> o.action() == ObjectAction.CREATE).forEach(this::count);
  }

  private void count(PlannedManifest object) {
    ManifestKey key = object.key();
    if (key.namespace() == null) {
      return;
    }
    add("count/" + key.type().qualifiedPlural(), BigDecimal.ONE);
    if (key.group().isEmpty()) {
      add(key.plural(), BigDecimal.ONE);
    }
    if (key.kind().equals("PersistentVolumeClaim") && object.object() != null) {
      claim(object.object());
    }
  }

  private void claim(ObjectNode claim) {
    BigDecimal size = amount(ObjectFields.text(claim, "spec", "resources", "requests", "storage"));
    add("requests.storage", size);
    String name = ObjectFields.text(claim, "spec", "storageClassName");
    if (!name.isEmpty()) {
      add(name + ".storageclass.storage.k8s.io/requests.storage", size);
      add(name + ".storageclass.storage.k8s.io/persistentvolumeclaims", BigDecimal.ONE);
    }
  }

  private void add(String resource, BigDecimal amount) {
    planned.merge(resource, amount, BigDecimal::add);
  }

  /// What does not fit.
  List<ItemFailure> check(ClusterConnection connection, String namespace) {
    List<ItemFailure> failures = new ArrayList<>();
    try {
      Iterator<ObjectNode> quotas = connection.list(QUOTA.path(namespace), Query.NONE);
      while (quotas.hasNext()) {
        check(quotas.next(), failures);
      }
    } catch (EngineException e) {
      return List.of(); // who may not read quotas learns from the dry run of each object
    }
    return failures;
  }

  private void check(ObjectNode quota, List<ItemFailure> failures) {
    for (var hard : quota.path("status").path("hard").properties()) {
      BigDecimal more = planned.getOrDefault(hard.getKey(), BigDecimal.ZERO);
      BigDecimal most = amount(hard.getValue().asString(""));
      String usedText = quota.path("status").path("used").path(hard.getKey()).asString("0");
      if (more.signum() > 0 && amount(usedText).add(more).compareTo(most) > 0) {
        String name = ObjectFields.name(quota);
        failures.add(
            new ItemFailure(
                "resourcequotas/" + name,
                "restore.quota",
                "quota "
                    + name
                    + " allows "
                    + hard.getValue().asString("")
                    + " of "
                    + hard.getKey()
                    + ", of which "
                    + usedText
                    + " are used; the restore needs "
                    + more.toPlainString()
                    + " more",
                "raise the quota or restore less with --only"));
      }
    }
  }

  private static BigDecimal amount(String quantity) {
    try {
      return quantity.isEmpty() ? BigDecimal.ZERO : Quantity.fromString(quantity).getNumber();
    } catch (RuntimeException e) {
      return BigDecimal.ZERO; // client-java throws several kinds
    }
  }
}
