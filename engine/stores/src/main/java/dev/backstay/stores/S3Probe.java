package dev.backstay.stores;

import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StoreOptions;
import dev.backstay.model.StoreOptions.Choice;
import dev.backstay.model.StorePlace.Bucket;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.repository.store.StoreKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/// Tries what a repository will ask of a bucket, with objects of its own that it removes again, and
/// finds the settings that work. May wait.
public final class S3Probe {

  private static final int LOOK = 100;

  private final Map<String, String> environment;
  private final InstantSource clock;
  private final List<StoreFinding> found = new ArrayList<>();
  private boolean repository;
  private boolean empty;

  private S3Probe(Map<String, String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  /// @throws InvalidInputException if the options contradict each other
  public static StoreReport run(
      Bucket place, StoreOptions options, Map<String, String> environment, InstantSource clock) {
    return new S3Probe(environment, clock).run(S3Settings.of(place, options, environment));
  }

  private StoreReport run(S3Settings begin) {
    StoreOptions options = begin.options();
    S3Settings reached = reach(begin);
    StoreOptions working = options;
    if (reached != null) {
      working = tries(reached);
    }
    return new StoreReport(repository, empty, List.copyOf(found), working);
  }

  /// Finds the way to the bucket: its region and where its name stands.
  private @Nullable S3Settings reach(S3Settings begin) {
    EngineException first = null;
    for (S3Settings way : ways(begin)) {
      try {
        return look(way);
      } catch (InvalidInputException e) {
        S3Settings moved = moved(way, e);
        if (moved != null) {
          return moved;
        }
        first = first == null ? e : first;
      } catch (UnauthenticatedException e) {
        first = e;
        break;
      } catch (EngineException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      found.add(
          StoreFinding.missing(first instanceof NotFoundException ? "bucket" : "reach", first));
    }
    return null;
  }

  private static List<S3Settings> ways(S3Settings begin) {
    boolean open = begin.options().pathStyle() == Choice.AUTO && !begin.amazon();
    return open ? List.of(begin, begin.withPathStyle(!begin.pathStyle())) : List.of(begin);
  }

  /// The service says where the bucket is.
  private @Nullable S3Settings moved(S3Settings way, InvalidInputException e) {
    if (e.getCause() instanceof AwsServiceException said) {
      String region = S3Errors.region(said);
      if (!region.isEmpty() && !region.equals(way.region())) {
        try {
          return look(way.withRegion(region));
        } catch (EngineException again) {
          return null;
        }
      }
    }
    return null;
  }

  private S3Settings look(S3Settings way) {
    try (S3Client client = S3Clients.open(way, environment)) {
      S3Calls calls = new S3Calls(way);
      ListObjectsV2Response page =
          calls.list(
              client,
              ListObjectsV2Request.builder()
                  .bucket(way.place().bucket())
                  .prefix(way.key(""))
                  .maxKeys(LOOK)
                  .build());
      empty = page.contents().isEmpty();
      repository = new S3Bucket(way, client, calls).size(StoreKey.CONFIG).isPresent();
      found.add(StoreFinding.good("reach", reached(way)));
      found.add(StoreFinding.good("list", page.contents().size() + " objects were listed"));
      return way;
    }
  }

  private static String reached(S3Settings way) {
    return (way.endpoint() == null ? way.place().host() : way.endpoint().toString())
        + " ("
        + way.endpointSource()
        + "), region "
        + way.region()
        + " ("
        + way.regionSource()
        + "), bucket in the "
        + (way.pathStyle() ? "path" : "host's name");
  }

  private StoreOptions tries(S3Settings way) {
    Heard heard = new Heard(clock);
    try (S3Trial trial = new S3Trial(way, environment, heard, found)) {
      trial.run();
      new S3Surroundings(way, heard, found).look(environment);
      return way.options()
          .with(way.region(), way.pathStyle(), trial.checksums(), trial.conditional());
    }
  }
}
