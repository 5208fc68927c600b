package dev.backstay.stores;

import dev.backstay.model.InvalidInputException;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.StoreNotice;
import dev.backstay.model.StoreOptions;
import dev.backstay.model.StorePlace;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.repository.store.ObjectStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Opens the store of any location, with all that belongs around it. Contacts nothing.
///
/// @param environment of the process
/// @param cache folder for what was read from far; null for none
/// @param clock the time
/// @param notices hears of stores that do not answer for a while, see [RetryingStore]
public record Stores(
    Map<String, String> environment,
    @Nullable Path cache,
    InstantSource clock,
    Consumer<StoreNotice> notices) {

  /// @throws InvalidInputException if the location or the options cannot be used
  public ObjectStore open(RepositoryLocation location, StoreOptions options) {
    return switch (location.place()) {
      case StorePlace.Folder folder -> limited(new LocalStore(path(folder)), options);
      case StorePlace.Bucket bucket ->
          far(S3Store.open(bucket, options, environment, clock), options);
    };
  }

  /// @throws InvalidInputException if it is none
  public static Path path(StorePlace.Folder folder) {
    try {
      return Path.of(folder.path());
    } catch (InvalidPathException e) {
      throw new InvalidInputException(
          "repository.bad-location",
          "'" + folder.path() + "' is no path of this machine",
          "name a local or mounted folder");
    }
  }

  /// Names of the profiles in the AWS files of this user.
  public List<String> profiles() {
    return AwsFiles.profiles(environment);
  }

  private static ObjectStore limited(ObjectStore store, StoreOptions options) {
    return options.uploadRate() > 0 || options.downloadRate() > 0
        ? new ThrottledStore(store, options.uploadRate(), options.downloadRate())
        : store;
  }

  private ObjectStore far(ObjectStore store, StoreOptions options) {
    ObjectStore turns = new LimitedStore(limited(store, options), options.connections());
    ObjectStore retrying = new RetryingStore(turns, RetryPolicy.lasting(options.retry()), notices);
    return cache == null || options.cacheSize() == 0
        ? retrying
        : new CachingStore(retrying, cache.resolve("stores"), options.cacheSize(), clock);
  }
}
