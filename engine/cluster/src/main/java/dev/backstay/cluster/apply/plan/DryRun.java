package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Lets the server try a write, with admission and validation, and store nothing.
final class DryRun {

  private final ClusterConnection connection;
  private final String namespace;
  private final Set<String> planned;

  /// @param objects what else the plan makes: its absence now is no fault
  DryRun(ClusterConnection connection, String namespace, java.util.List<PlannedManifest> objects) {
    this.connection = connection;
    this.namespace = namespace;
    this.planned =
        objects.stream()
            .filter(PlannedManifest::writes)
            .map(o -> o.key().name())
            .collect(Collectors.toSet());
  }

  PlannedManifest create(PlannedManifest object, ObjectNode body) {
    try {
      connection.create(object.key().type().path(namespace), body, WriteMode.DRY_RUN);
      return object;
    } catch (ConflictException e) {
      return object.as(ObjectAction.CONFLICT, text(e));
    } catch (NotFoundException e) {
      return object.noted("could not be tried: " + text(e));
    } catch (InvalidInputException | ForbiddenException e) {
      return refused(object, e);
    } catch (EngineException e) {
      return untried(object, e);
    }
  }

  PlannedManifest replace(PlannedManifest object, ObjectNode live, ObjectNode body) {
    try {
      String path = object.key().type().path(namespace, object.key().name());
      connection.replace(path, Overwrite.body(live, body), WriteMode.DRY_RUN);
      return object;
    } catch (InvalidInputException e) {
      String field = immutable(text(e));
      if (field == null) {
        return refused(object, e);
      }
      return Overwrite.recreatable(object.key())
          ? recreated(object, field)
          : object.as(ObjectAction.CONFLICT, "immutable: " + field);
    } catch (ForbiddenException e) {
      return refused(object, e);
    } catch (ConflictException e) {
      return object.as(ObjectAction.CONFLICT, text(e));
    } catch (EngineException e) {
      return untried(object, e);
    }
  }

  private static PlannedManifest recreated(PlannedManifest object, String field) {
    return new PlannedManifest(
        object.key(),
        ObjectAction.OVERWRITE,
        "deleted and created again, because it is immutable: " + field,
        object.notes(),
        object.object(),
        object.live(),
        object.changes(),
        true);
  }

  private PlannedManifest refused(PlannedManifest object, EngineException e) {
    String text = text(e);
    boolean webhook = text.contains("does not support dry run");
    boolean later =
        text.contains("not found") && planned.stream().anyMatch(n -> text.contains('"' + n + '"'));
    return webhook || later
        ? object.noted("could not be tried: " + text)
        : object.as(ObjectAction.CONFLICT, text);
  }

  private static PlannedManifest untried(PlannedManifest object, EngineException e) {
    if (e instanceof dev.backstay.model.CancelledException) {
      throw e;
    }
    return object.noted("could not be tried: " + text(e));
  }

  /// What the server says of a field that cannot change, or null.
  private static @Nullable String immutable(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean said =
        lower.contains("immutable")
            || lower.contains("may not be changed")
            || lower.contains("may not change once set")
            || lower.contains("cannot change")
            || lower.contains("updates to statefulset spec for fields other than")
            || lower.contains("pod updates may not change fields");
    return said ? text : null;
  }

  private static String text(EngineException e) {
    return String.valueOf(e.getMessage());
  }
}
