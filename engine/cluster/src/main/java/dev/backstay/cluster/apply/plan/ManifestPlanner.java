package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.access.AccessQuestion;
import dev.backstay.cluster.access.AccessReview;
import dev.backstay.cluster.apply.clean.Cleaned;
import dev.backstay.cluster.apply.clean.Cleaned.LeftOut;
import dev.backstay.cluster.apply.clean.Cleaned.Restorable;
import dev.backstay.cluster.apply.order.RestoreOrder;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ItemFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Decides for each object what restoring it would do, against the live cluster. Writes nothing.
public final class ManifestPlanner {

  private final ClusterConnection connection;
  private final ServedTypes types;

  public ManifestPlanner(ClusterConnection connection, ServedTypes types) {
    this.connection = connection;
    this.types = types;
  }

  /// @throws dev.backstay.model.EngineException if the server is lost; whatever it refuses stands
  ///   in the plan
  public ManifestPlan plan(
      List<? extends Cleaned> cleaned, PlanningOptions options, CancelToken cancel) {
    return new Planning(connection.under(cancel), options, cancel).plan(cleaned);
  }

  /// One planning, with its state.
  private final class Planning {
    private final ClusterConnection calls;
    private final PlanningOptions options;
    private final CancelToken cancel;
    private final NamespaceState namespace;
    private final LiveObjects live;
    private final Set<String> definitions = new HashSet<>();
    private final List<ItemFailure> warnings = new ArrayList<>();
    private final List<ItemFailure> blockers = new ArrayList<>();

    Planning(ClusterConnection calls, PlanningOptions options, CancelToken cancel) {
      this.calls = calls;
      this.options = options;
      this.cancel = cancel;
      this.namespace = NamespaceState.of(calls, options.namespace());
      this.live = new LiveObjects(calls, options.namespace());
    }

    ManifestPlan plan(List<? extends Cleaned> cleaned) {
      List<Restorable> restorable = restorable(cleaned);
      look(restorable);
      List<PlannedManifest> planned =
          new ArrayList<>(restorable.stream().map(this::decide).toList());
      Rights rights = rights(planned);
      planned.replaceAll(object -> allowed(object, rights));
      planned = new ArrayList<>(tried(planned));
      planned = new ArrayList<>(HostFit.check(calls, options.namespace(), planned));
      planned.sort(Comparator.comparing(PlannedManifest::key, RestoreOrder.comparator()));
      leftOut(cleaned).forEach(planned::add);
      whole(planned, rights);
      return new ManifestPlan(namespace.absent(), planned, rights.missing(), blockers, warnings);
    }

    private List<Restorable> restorable(List<? extends Cleaned> cleaned) {
      List<Restorable> restorable = new ArrayList<>();
      for (Cleaned one : cleaned) {
        if (one instanceof Restorable r) {
          restorable.add(served(r));
          if (r.key().kind().equals("CustomResourceDefinition")) {
            definitions.add(r.key().name());
          }
        }
      }
      return restorable;
    }

    /// In the stored version where the server still has it, else in the one that it prefers.
    private Restorable served(Restorable r) {
      ManifestKey key = r.key();
      var found = types.byPlural(key.group(), key.plural());
      if (found.isEmpty() || found.get().versions().contains(key.version())) {
        return r;
      }
      String version = found.get().type().version();
      ManifestKey other =
          new ManifestKey(
              key.group(), version, key.plural(), key.kind(), key.namespace(), key.name());
      ObjectNode object = r.object();
      object.put("apiVersion", other.type().apiVersion());
      List<String> notes = new ArrayList<>(r.notes());
      notes.add("stored as " + key.version() + ", restored as " + version);
      return new Restorable(other, object, notes);
    }

    private static boolean isNamespace(ManifestKey key) {
      return key.group().isEmpty() && key.kind().equals("Namespace");
    }

    private boolean isServed(ManifestKey key) {
      return types.byPlural(key.group(), key.plural()).isPresent();
    }

    private void look(List<Restorable> restorable) {
      live.look(
          restorable.stream()
              .map(Restorable::key)
              .filter(this::isServed)
              .filter(key -> key.namespace() == null || !namespace.absent())
              .toList(),
          cancel);
    }

    private PlannedManifest decide(Restorable r) {
      ManifestKey key = r.key();
      if (!isServed(key)) {
        boolean later = definitions.contains(key.type().qualifiedPlural());
        return later
            ? planned(r, ObjectAction.CREATE, "once its definition is served")
            : planned(
                r,
                ObjectAction.CONFLICT,
                "the cluster does not serve " + key.type().apiVersion() + " " + key.kind());
      }
      if (isNamespace(key) && namespace.absent()) {
        return absent(r);
      }
      if (live.unreadable(key) && key.namespace() == null) {
        return planned(r, ObjectAction.EXISTS_SKIP, "may not be looked at: taken as being there");
      }
      return live.find(key).map(now -> existing(r, now)).orElseGet(() -> absent(r));
    }

    private PlannedManifest absent(Restorable r) {
      return planned(r, ObjectAction.CREATE, "");
    }

    private PlannedManifest existing(Restorable r, ObjectNode now) {
      List<FieldChange> changes = LiveContent.changes(now, r.object());
      PlannedManifest there =
          new PlannedManifest(
              r.key(),
              ObjectAction.EXISTS_SKIP,
              changes.isEmpty() ? "is there, the same" : "is there, differs",
              r.notes(),
              r.object(),
              LiveContent.live(now),
              changes,
              false);
      if (r.key().namespace() == null) {
        return there.as(ObjectAction.EXISTS_SKIP, "is there, shared by the whole cluster");
      }
      return namespaced(there, now);
    }

    private PlannedManifest namespaced(PlannedManifest there, ObjectNode now) {
      boolean claim = there.key().kind().equals("PersistentVolumeClaim");
      return switch (options.existing()) {
        case SKIP -> there;
        case OVERWRITE ->
            claim || there.changes().isEmpty() ? there : there.as(ObjectAction.OVERWRITE, "");
        case FAIL -> mayBeThere(there, now) ? there : there.as(ObjectAction.CONFLICT, "exists");
      };
    }

    /// In a namespace that nobody uses yet some things are there by themselves, and some a dead run
    /// of this job has made.
    private boolean mayBeThere(PlannedManifest there, ObjectNode now) {
      boolean ours = LiveContent.ours(now, ClusterConnection.FIELD_MANAGER);
      boolean byItself =
          there.key().kind().equals("ServiceAccount") && there.key().name().equals("default");
      boolean claim = there.key().kind().equals("PersistentVolumeClaim");
      return byItself
          || (options.resuming() && ours)
          || (claim && options.quiet().contains(there.key().name()));
    }

    private PlannedManifest planned(Restorable r, ObjectAction action, String reason) {
      return new PlannedManifest(
          r.key(), action, reason, r.notes(), r.object(), null, List.of(), false);
    }

    private Rights rights(List<PlannedManifest> planned) {
      Set<AccessQuestion> questions =
          new LinkedHashSet<>(Rights.questions(planned, options.namespace()));
      if (namespace.absent()) {
        questions.add(NAMESPACE_CREATION);
      }
      return new Rights(new AccessReview(calls), questions);
    }

    private PlannedManifest allowed(PlannedManifest object, Rights rights) {
      String verb =
          switch (object.action()) {
            case CREATE -> "create";
            case OVERWRITE -> "update";
            case EXISTS_SKIP, CONFLICT, LEFT_OUT -> "";
          };
      AccessQuestion question = Rights.question(verb, object.key(), options.namespace());
      return verb.isEmpty() || !rights.denies(question)
          ? object
          : object.as(ObjectAction.CONFLICT, "you may not " + question);
    }

    private List<PlannedManifest> tried(List<PlannedManifest> planned) {
      DryRun dryRun = new DryRun(calls, options.namespace(), planned);
      return Together.map(planned, cancel, object -> tried(object, dryRun));
    }

    private PlannedManifest tried(PlannedManifest object, DryRun dryRun) {
      ManifestKey key = object.key();
      boolean possible =
          isServed(key)
              && !isNamespace(key)
              && (key.namespace() == null || !namespace.absent())
              && object.writes();
      if (!possible) {
        return object;
      }
      ObjectNode body = Objects.requireNonNull(object.object());
      return switch (object.action()) {
        case CREATE -> dryRun.create(object, body);
        case OVERWRITE -> dryRun.replace(object, live.find(key).orElseThrow(), body);
        case EXISTS_SKIP, CONFLICT, LEFT_OUT -> object;
      };
    }

    private static List<PlannedManifest> leftOut(List<? extends Cleaned> cleaned) {
      List<PlannedManifest> out = new ArrayList<>();
      for (Cleaned one : cleaned) {
        if (one instanceof LeftOut l) {
          out.add(
              new PlannedManifest(
                  l.key(),
                  ObjectAction.LEFT_OUT,
                  l.reason(),
                  List.of(),
                  null,
                  null,
                  List.of(),
                  false));
        }
      }
      return out;
    }

    /// What concerns the plan as a whole.
    private void whole(List<PlannedManifest> planned, Rights rights) {
      warnings.addAll(Owners.warnings(planned));
      blockers.addAll(ClassFit.check(calls, planned));
      if (namespace.absent()) {
        newNamespace(rights);
      } else {
        blockers.addAll(new QuotaFit(planned).check(calls, options.namespace()));
      }
      if (options.existing() == ExistingMode.FAIL) {
        planned.stream()
            .filter(p -> p.reason().equals("exists"))
            .forEach(p -> blockers.add(exists(p)));
      }
    }

    private void newNamespace(Rights rights) {
      String item = "namespaces/" + options.namespace();
      if (rights.denies(NAMESPACE_CREATION)) {
        blockers.add(
            new ItemFailure(
                item,
                "restore.no-namespace",
                "namespace " + options.namespace() + " does not exist and you may not create it",
                "have it made, or restore into one that exists with --to-namespace"));
      }
      String what =
          namespace == NamespaceState.TERMINATING ? "is being deleted" : "does not exist yet";
      warnings.add(
          new ItemFailure(
              item,
              "restore.not-tried",
              "namespace "
                  + options.namespace()
                  + " "
                  + what
                  + ", so the server could not try the objects that go into it",
              ""));
    }

    private ItemFailure exists(PlannedManifest object) {
      return new ItemFailure(
          object.key().toString(),
          "restore.exists",
          object.key() + " exists in namespace " + options.namespace(),
          "choose --existing skip or overwrite");
    }
  }

  private static final AccessQuestion NAMESPACE_CREATION =
      AccessQuestion.of("create", "", "namespaces", "");
}
