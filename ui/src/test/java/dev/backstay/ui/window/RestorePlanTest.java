package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.choose;
import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.ended;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.newest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Outcome;
import dev.backstay.model.RestorePoint;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.shell.Place;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.restore.RestorePlan;
import dev.backstay.workflow.restore.SavedRestorePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.control.ComboBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the plan of a restore shows, and plans that were saved.
final class RestorePlanTest {

  private static final String BROKEN =
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: "
          + DemoShop.A_CONFIG_MAP
          + "}, data: {broken: 'yes'}}";

  @TempDir Path folder;

  private static void plan(WindowRun run) {
    run.press("restore-next");
    run.press("restore-next");
    run.until("the plan is there", () -> run.has("restore-plan") && run.has("restore-objects"));
  }

  @Test
  void whatIsOverwrittenIsShownAgreedToAndKept() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      run.sandbox().apply("shop", BROKEN);
      go(run, new Place.Restore(point, List.of()));
      run.press("restore-next");
      choose(run, "restore-origin");
      choose(run, "restore-objects-overwrite");
      run.press("restore-next");
      run.until("the plan is there", () -> run.has("restore-objects"));
      run.until("an object is overwritten", () -> run.says("#restore-objects", "overwrite"));
      assertTrue(run.says("#restore-plan", "A restore point of what it overwrites"), "kept");
      assertTrue(run.disabled("restore-start"), "not agreed to");
      run.shots("restore-overwrite");
      run.press("restore-agree");
      run.press("restore-start");
      Outcome outcome = ended(run);
      assertTrue(
          outcome instanceof Outcome.Completed || outcome instanceof Outcome.PartiallyFailed,
          outcome.toString());
      String now = run.sandbox().get("configmaps", "shop", DemoShop.A_CONFIG_MAP).orElseThrow();
      assertFalse(data(now).contains("broken"), now);
      RestorePoint kept = newest(run, 4);
      assertTrue(kept.selective(), kept.toString());
      assertEquals(outcome.restorePoint(), kept.id());
    }
  }

  @Test
  void whatStandsInTheWayBlocksThePlan() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      go(run, new Place.Restore(point, List.of()));
      run.press("restore-next");
      choose(run, "restore-origin");
      choose(run, "restore-objects-fail");
      run.press("restore-next");
      run.until("it is told", () -> run.says("#restore-plan .bad-notice", "exist in namespace"));
      run.until("row by row too", () -> run.says("#restore-objects", "conflict"));
      assertTrue(run.disabled("restore-start"));
      run.shots("restore-conflict");
    }
  }

  @Test
  void requirement19AQuotaThatIsTooSmallAndAClassThatIsGoneAreTold() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      run.sandbox().apply("", "{apiVersion: v1, kind: Namespace, metadata: {name: tight}}");
      run.sandbox()
          .apply(
              "tight",
              "{apiVersion: v1, kind: ResourceQuota, metadata: {name: small}, spec: {hard:"
                  + " {requests.storage: 1Mi, persistentvolumeclaims: '1'}}, status: {hard:"
                  + " {requests.storage: 1Mi, persistentvolumeclaims: '1'}, used: {}}}");
      go(run, new Place.Restore(point, List.of()));
      run.press("restore-next");
      run.type("restore-namespace-name", "tight");
      run.press("restore-next");
      run.until("the quota is told", () -> run.says("#restore-plan", "exceeded quota: small"));
      run.shots("restore-quota");

      JobSpec again =
          new JobSpec(
              JobKind.RESTORE,
              "sandbox",
              point.clusterId(),
              "shop-elsewhere",
              run.repository.toString(),
              Map.of("point", point.id(), "classes", "{standard=gone}"));
      go(run, new Place.Restore(point, again));
      plan(run);
      run.until("the class is told", () -> run.says("#restore-plan", "no StorageClass gone"));
      run.shots("restore-no-class");
    }
  }

  /// A user who may read one namespace sees verb by verb what is missing, in both plans.
  @Test
  void requirement19MissingVerbsStandInBothPlans() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      run.sandbox()
          .apply(
              "shop",
              """
              apiVersion: rbac.authorization.k8s.io/v1
              kind: Role
              metadata: {name: reader}
              rules:
              - apiGroups: [""]
                resources: [configmaps, persistentvolumeclaims, pods, services]
                verbs: [get, list]
              ---
              apiVersion: rbac.authorization.k8s.io/v1
              kind: RoleBinding
              metadata: {name: reader}
              roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
              subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: reader}]
              """);
      String file = run.sandbox().kubeconfig("reader", "shop").toString();
      Toolkit.run(() -> run.window().desk().remembered().put("kubeconfigs", List.of(file)));
      Toolkit.run(() -> run.window().desk().clusters().reload(() -> {}));
      run.until("the context is listed", () -> run.window().desk().clusters().all().size() == 2);
      OpenCluster reader = Toolkit.on(() -> run.window().desk().clusters().all().getLast());

      go(run, new Place.BackUp(reader, "shop", List.of()));
      run.until("the backup's verbs are told", () -> run.says("#content", "pods/exec"));
      run.shots("backup-missing-verbs");

      go(run, new Place.Restore(point, List.of()));
      run.press("restore-next");
      @SuppressWarnings("unchecked")
      ComboBox<OpenCluster> combo = (ComboBox<OpenCluster>) run.node("restore-context");
      Toolkit.run(() -> combo.setValue(reader));
      choose(run, "restore-origin");
      run.press("restore-next");
      run.until("the restore's verbs are told", () -> run.says("#restore-plan", "You may not"));
      run.shots("restore-missing-verbs");
    }
  }

  /// In the window, and by the command line's own way.
  @Test
  void requirement19ASavedPlanIsOpenedAndCarriedOutWithTheSameResult() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      RestorePoint point = newest(run, 3);
      run.sandbox().delete("configmaps", "shop", DemoShop.A_CONFIG_MAP);
      Path file = folder.resolve("plan.yaml");
      go(run, new Place.Restore(point, List.of("configmap/" + DemoShop.A_CONFIG_MAP)));
      choose(run, "restore-origin");
      run.press("restore-next");
      run.until("the plan is there", () -> run.has("restore-objects"));
      run.press("restore-save-plan");
      run.type("dialog-text", file.toString());
      run.press("dialog-action");
      run.until("it is saved", () -> Files.exists(file) && run.says("#dialog", "backstay restore"));
      run.press("dialog-action");
      assertTrue(run.sandbox().get("configmaps", "shop", DemoShop.A_CONFIG_MAP).isEmpty());

      carryOut(run, file);
      String byCommand =
          run.sandbox().get("configmaps", "shop", DemoShop.A_CONFIG_MAP).orElseThrow();

      run.sandbox().delete("configmaps", "shop", DemoShop.A_CONFIG_MAP);
      go(run, new Place.Points());
      run.press("points-open-plan");
      run.type("dialog-text", file.toString());
      run.shots("plan-open");
      run.press("dialog-action");
      run.until("its plan is shown", () -> run.has("restore-objects"));
      run.shots("plan-opened");
      run.press("restore-start");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      String byWindow =
          run.sandbox().get("configmaps", "shop", DemoShop.A_CONFIG_MAP).orElseThrow();
      assertEquals(data(byCommand), data(byWindow));

      // it is there now: the cluster has moved on
      go(run, new Place.Points());
      run.press("points-open-plan");
      run.type("dialog-text", file.toString());
      run.press("dialog-action");
      run.until("it is refused", () -> run.says("#content", "moved on"));
      run.shots("plan-outdated");
    }
  }

  /// What `backstay restore --plan FILE` does.
  private static void carryOut(WindowRun run, Path file) throws Exception {
    SavedRestorePlan saved = SavedRestorePlan.parse(Files.readAllBytes(file));
    RepositorySession repository =
        Toolkit.on(() ->
            Objects.requireNonNull(run.window().desk().repositories().all().getFirst().session()));
    OpenCluster cluster = cluster(run);
    RestorePlan plan =
        run.engine.plan(saved, cluster.opened().session(), repository, new CancelToken());
    assertInstanceOf(Outcome.Completed.class, run.engine.submit(plan).await());
  }

  private static String data(String json) {
    return json.replaceAll(".*\"data\":(\\{[^}]*}).*", "$1");
  }

  @Test
  void whatIsNoPlanIsToldSo() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      Path file = Files.writeString(folder.resolve("other.yaml"), "kind: ConfigMap\n");
      go(run, new Place.Points());
      run.press("points-open-plan");
      run.type("dialog-text", file.toString());
      run.press("dialog-action");
      run.until("it is told", () -> run.says("#dialog .bad-notice", "not a plan"));
    }
  }
}
