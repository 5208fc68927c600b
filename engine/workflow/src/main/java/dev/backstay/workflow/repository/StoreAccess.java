package dev.backstay.workflow.repository;

import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.StoreOptions;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.stores.Stores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How the stores of repositories are reached from here: with the environment's credentials, the
/// options that were declared, and what connection tests found earlier.
///
/// @param environment of the process; the `AWS_…` variables count as everywhere
/// @param cache folder for what was read from far; null for none
/// @param state folder in which the findings of connection tests are kept; null for nowhere
/// @param declared options by name
/// @param clock the time
/// @param notices hears when a store does not answer for a while
public record StoreAccess(
    Map<String, String> environment,
    @Nullable Path cache,
    @Nullable Path state,
    Declared declared,
    InstantSource clock,
    StoreNotices notices) {

  /// What options and the settings file say of a location.
  @FunctionalInterface
  public interface Declared {

    /// Nothing.
    Declared NONE = _ -> Map.of();

    /// Options by name, as [StoreOptions#of] reads them.
    Map<String, String> of(RepositoryLocation location);
  }

  /// The environment of this process; keeps nothing.
  public static StoreAccess ofThisProcess() {
    return new StoreAccess(
        System.getenv(), null, null, Declared.NONE, InstantSource.system(), new StoreNotices());
  }

  /// The options for a location: what is declared counts, then what was found.
  ///
  /// @throws dev.backstay.model.InvalidInputException if one cannot be used
  public StoreOptions options(RepositoryLocation location) {
    Map<String, String> named = new TreeMap<>(found(location));
    named.putAll(StoreOptions.of(declared.of(location)).named());
    return StoreOptions.of(named);
  }

  private Map<String, String> found(RepositoryLocation location) {
    return state == null ? Map.of() : new StoreMemory(state).of(location);
  }

  /// Uses these options for the location from now on, in this and later processes.
  public void remember(RepositoryLocation location, StoreOptions options) {
    if (state != null) {
      new StoreMemory(state).keep(location, options.named());
    }
  }

  /// The same with other options for one location, such as those that a wizard asks for.
  public StoreAccess with(RepositoryLocation location, StoreOptions options) {
    Declared both = other -> other.equals(location) ? options.named() : declared.of(other);
    return new StoreAccess(environment, cache, state, both, clock, notices);
  }

  /// Names of the AWS profiles that could be used.
  public List<String> profiles() {
    return stores().profiles();
  }

  /// For this room: contacts nothing.
  ObjectStore open(RepositoryLocation location) {
    return stores().open(location, options(location));
  }

  private Stores stores() {
    return new Stores(environment, cache, clock, notices::tell);
  }
}
