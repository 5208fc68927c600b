package dev.backstay.stores;

import dev.backstay.model.EngineException;
import dev.backstay.model.UnauthenticatedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Runs calls of the SDK so that they only fail as [EngineException].
final class S3Calls {

  private final S3Settings settings;
  private final S3Errors errors;
  private final NetworkErrors network;

  S3Calls(S3Settings settings) {
    this.settings = settings;
    errors = new S3Errors(settings);
    network = new NetworkErrors(settings);
  }

  /// @param <T> what it answers
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  S3Errors errors() {
    return errors;
  }

  /// A page of a listing. What is none, such as the page of a login, must not pass for an empty
  /// one.
  ListObjectsV2Response list(S3Client client, ListObjectsV2Request request) {
    ListObjectsV2Response page = run(S3Action.LIST, () -> client.listObjectsV2(request));
    if (page.isTruncated() == null) {
      throw network.notS3("cannot list the bucket " + settings.place().bucket(), null);
    }
    return page;
  }

  /// A call about the bucket as a whole.
  <T> T run(S3Action action, Call<T> call) {
    return run(action, "the bucket " + settings.place().bucket(), call);
  }

  /// @param what the file
  <T> T run(S3Action action, Object what, Call<T> call) {
    try {
      return onceMoreIfSkewed(call);
    } catch (EngineException e) {
      throw e;
    } catch (S3Exception e) {
      throw errors.of(action, what.toString(), e);
    } catch (AwsServiceException e) {
      throw role(action, what, e);
    } catch (SdkException
        | IOException
        | UncheckedIOException
        | IllegalArgumentException
        | IllegalStateException e) {
      throw network.of(action, what.toString(), e);
    }
  }

  /// The SDK learns the service's clock from such a refusal, so that the next call is right.
  private static <T> T onceMoreIfSkewed(Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (S3Exception e) {
      if (S3Errors.code(e).equals("RequestTimeTooSkewed")) {
        return call.run();
      }
      throw e;
    }
  }

  /// The services that give credentials refused.
  private EngineException role(S3Action action, Object what, AwsServiceException e) {
    String task = "cannot " + action.verb() + " " + what;
    String code = S3Errors.code(e);
    if (code.contains("Expired") || code.contains("Unauthorized")) {
      return errors.expired(task, e);
    }
    return new UnauthenticatedException(
        "store.no-role",
        task + ": no credentials are given for the role or profile (" + code + ")",
        "make sure that it may be assumed from here: "
            + Objects.requireNonNullElse(e.getClass().getSimpleName(), ""),
        e);
  }
}
