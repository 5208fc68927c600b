package dev.backstay.ui.window;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.isToString;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatcher;

/// Makes every call of the engine that may wait refuse to be made on the FX thread, for all tests
/// of this process. Calls that only look something up in memory are named, and may.
final class FacadeGuard {

  private static final String KEY = "backstay.facade.violations";

  /// Class, and those of its public methods that never wait.
  private static final Map<String, List<String>> FACADE =
      Map.ofEntries(
          Map.entry(
              "dev.backstay.workflow.Engine",
              List.of(
                  "open", "settings", "installation", "locks", "clusters", "subscribe", "running")),
          Map.entry("dev.backstay.workflow.cluster.Clusters", List.of()),
          Map.entry(
              "dev.backstay.workflow.cluster.ClusterSession",
              List.of(
                  "context",
                  "id",
                  "proxy",
                  "defaultNamespace",
                  "grant",
                  "blockers",
                  "connection",
                  "close")),
          Map.entry(
              "dev.backstay.workflow.repository.RepositorySession",
              List.of("id", "location", "inside", "info", "repository", "damage", "close")),
          Map.entry("dev.backstay.workflow.maintenance.RepositoryMaintenance", List.of()),
          Map.entry(
              "dev.backstay.workflow.maintenance.PlannedRepair",
              List.of("steps", "warnings", "isEmpty")),
          Map.entry("dev.backstay.workflow.point.RestorePoints", List.of()),
          Map.entry("dev.backstay.workflow.browse.Browsing", List.of()),
          Map.entry("dev.backstay.workflow.browse.LiveComparison", List.of()),
          Map.entry(
              "dev.backstay.workflow.lock.ContextLocks",
              List.of("standing", "unlock", "lock", "forJob")),
          Map.entry("dev.backstay.ui.settings.Remembered", List.of("get", "list", "put")),
          Map.entry(
              "dev.backstay.ui.window.TestSurroundings", List.of("version", "folders", "demo")));

  private static final List<String> VIOLATIONS = new CopyOnWriteArrayList<>();

  private FacadeGuard() {}

  static void install() {
    System.getProperties().put(KEY, VIOLATIONS);
    AgentBuilder agent =
        new AgentBuilder.Default()
            .disableClassFormatChanges()
            .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION);
    for (Map.Entry<String, List<String>> guarded : FACADE.entrySet()) {
      ElementMatcher.Junction<net.bytebuddy.description.method.MethodDescription> waiting =
          isPublic().and(not(isConstructor())).and(not(isToString()));
      if (!guarded.getValue().isEmpty()) {
        waiting = waiting.and(not(namedOneOf(guarded.getValue().toArray(String[]::new))));
      }
      var methods = waiting;
      agent =
          agent
              .type(namedOneOf(guarded.getKey()))
              .transform(
                  (builder, _, _, _, _) -> builder.visit(Advice.to(Refusing.class).on(methods)));
    }
    agent.installOn(ByteBuddyAgent.install());
  }

  /// What was called where it must not be, so far.
  static List<String> violations() {
    return List.copyOf(VIOLATIONS);
  }

  /// Woven into the facade; sees nothing but the JDK.
  static final class Refusing {

    private Refusing() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Origin("#t.#m") String method) {
      if (Thread.currentThread().getName().equals("JavaFX Application Thread")) {
        @SuppressWarnings("unchecked")
        List<String> seen = (List<String>) System.getProperties().get("backstay.facade.violations");
        if (seen != null) {
          seen.add(method);
        }
        throw new IllegalStateException(method + " may wait: not on the FX thread");
      }
    }
  }
}
