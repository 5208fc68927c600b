package dev.backstay.cluster.inventory;

import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.discovery.ServedTypes.ServedResource;
import dev.backstay.model.Ability;
import dev.backstay.model.SnapshotClassChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The VolumeSnapshotClasses, or the VolumeGroupSnapshotClasses, of a cluster, and which of them
/// serves: the one that the PVC names, else its driver's default, else its driver's only one.
public final class SnapshotClasses {

  private static final String SNAPSHOT = "snapshot.storage.k8s.io";
  private static final String GROUP = "groupsnapshot.storage.k8s.io";

  /// One class.
  public record SnapshotClass(
      String name, String driver, boolean isDefault, String deletionPolicy) {}

  private enum State {
    READ,
    NOT_SERVED,
    NOT_READABLE
  }

  private final String kind;
  private final State state;
  private final List<SnapshotClass> classes;

  private SnapshotClasses(String kind, State state, List<SnapshotClass> classes) {
    this.kind = kind;
    this.state = state;
    this.classes = List.copyOf(classes);
  }

  static SnapshotClasses single(ServedTypes types, Reading reading) {
    return load(types, reading, SNAPSHOT, "VolumeSnapshotClass");
  }

  static SnapshotClasses groups(ServedTypes types, Reading reading) {
    return load(types, reading, GROUP, "VolumeGroupSnapshotClass");
  }

  private static SnapshotClasses load(
      ServedTypes types, Reading reading, String group, String kind) {
    Optional<ServedResource> served = types.byKind(group, kind);
    if (served.isEmpty()) {
      return new SnapshotClasses(kind, State.NOT_SERVED, List.of());
    }
    String annotation = group.replace("k8s.io", "kubernetes.io") + "/is-default-class";
    List<SnapshotClass> classes = new ArrayList<>();
    boolean read = reading.each(served.get().type(), "", o -> classes.add(one(o, annotation)));
    return new SnapshotClasses(kind, read ? State.READ : State.NOT_READABLE, classes);
  }

  private static SnapshotClass one(JsonNode object, String defaultAnnotation) {
    JsonNode metadata = object.path("metadata");
    return new SnapshotClass(
        metadata.path("name").asString(""),
        object.path("driver").asString(""),
        metadata.path("annotations").path(defaultAnnotation).asString("").equals("true"),
        object.path("deletionPolicy").asString(""));
  }

  /// Whether the classes could be listed; else a name can only be taken as it is.
  public boolean known() {
    return state == State.READ;
  }

  public Optional<SnapshotClass> byName(String name) {
    return classes.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /// Why a class that somebody named does not serve a driver; empty if it does or cannot be told.
  public Optional<String> unfit(String name, String driver) {
    if (state == State.NOT_SERVED) {
      return Optional.of(missing());
    }
    if (state == State.NOT_READABLE) {
      return Optional.empty();
    }
    Optional<SnapshotClass> named = byName(name);
    if (named.isEmpty()) {
      return Optional.of("there is no " + kind + " " + name);
    }
    return named
        .filter(found -> !found.driver().equals(driver))
        .map(
            found -> "%s %s is of driver %s, not %s".formatted(kind, name, found.driver(), driver));
  }

  /// @param wanted the class that a PVC's annotation names, or empty
  public SnapshotClassChoice choose(String driver, String wanted) {
    if (!wanted.isEmpty()) {
      return new SnapshotClassChoice(wanted, "named by an annotation of the PVC");
    }
    if (state != State.READ) {
      return new SnapshotClassChoice("", missing(), state == State.NOT_READABLE);
    }
    List<SnapshotClass> own = classes.stream().filter(c -> c.driver().equals(driver)).toList();
    List<SnapshotClass> defaults = own.stream().filter(SnapshotClass::isDefault).toList();
    if (defaults.size() == 1) {
      return new SnapshotClassChoice(
          defaults.getFirst().name(), "the default class of driver " + driver);
    }
    if (own.size() == 1) {
      return new SnapshotClassChoice(own.getFirst().name(), "the only class of driver " + driver);
    }
    return new SnapshotClassChoice("", undecided(driver, own, defaults));
  }

  private String undecided(String driver, List<SnapshotClass> own, List<SnapshotClass> defaults) {
    if (own.isEmpty()) {
      return "no " + kind + " of driver " + driver;
    }
    List<SnapshotClass> among = defaults.isEmpty() ? own : defaults;
    String which = defaults.isEmpty() ? "and none is the default" : "are the default";
    return "several classes of driver %s %s: %s"
        .formatted(
            driver, which, String.join(", ", among.stream().map(SnapshotClass::name).toList()));
  }

  private String missing() {
    return state == State.NOT_SERVED
        ? "the cluster serves no " + kind + " API"
        : "you may not list the objects of kind " + kind;
  }

  /// Whether a volume of a driver can be cut.
  Ability ability(String driver, SnapshotClassChoice choice) {
    if (state == State.NOT_SERVED) {
      return Ability.no(missing());
    }
    if (driver.isEmpty()) {
      return Ability.unknown("the driver is not known");
    }
    if (choice.chosen()) {
      return Ability.yes("inferred from %s %s (driver %s)".formatted(kind, choice.name(), driver));
    }
    boolean none =
        state == State.READ && classes.stream().noneMatch(c -> c.driver().equals(driver));
    return none ? Ability.no(choice.reason()) : Ability.unknown(choice.reason());
  }
}
