package dev.backstay.stores;

import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import dev.backstay.model.StorePlace.Bucket;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.model.UnreachableException;
import dev.backstay.model.UnsupportedException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What a service's refusal means, and what to do about it. Of its answer only the code and the
/// first line of its message are shown; neither ever holds a secret.
final class S3Errors {

  private final S3Settings settings;
  private final Bucket place;

  S3Errors(S3Settings settings) {
    this.settings = settings;
    place = settings.place();
  }

  /// @param what the file, or the bucket
  EngineException of(S3Action action, String what, AwsServiceException e) {
    String task = "cannot " + action.verb() + " " + what;
    return switch (code(e)) {
      case "NoSuchBucket" -> noBucket(e);
      case "NoSuchKey", "NotFound" ->
          new NotFoundException(
              "store.no-file", "there is no " + what + " at " + place.text(), "", e);
      case "PreconditionFailed" ->
          new ConflictException("store.exists", what + " exists already at " + place.text(), "", e);
      case "AccessDenied", "AllAccessDisabled", "AccountProblem", "Forbidden" ->
          denied(action, task, e);
      case "SignatureDoesNotMatch" ->
          new UnauthenticatedException(
              "store.wrong-secret",
              task + ": the secret key does not belong to the access key",
              "correct AWS_SECRET_ACCESS_KEY or the profile's aws_secret_access_key",
              e);
      case "InvalidAccessKeyId", "NotSignedUp" ->
          new UnauthenticatedException(
              "store.unknown-key",
              task + ": " + place.host() + " does not know the access key",
              "correct AWS_ACCESS_KEY_ID or the profile, or name another profile",
              e);
      case "ExpiredToken", "TokenRefreshRequired", "InvalidToken", "ExpiredTokenException" ->
          expired(task, e);
      case "RequestTimeTooSkewed", "RequestExpired" ->
          new UnauthenticatedException(
              "store.clock-skew",
              task + ": the clocks of this machine and of " + place.host() + " differ too much",
              "set this machine's clock by a time server",
              e);
      case "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "MovedPermanently" ->
          wrongRegion(task, e);
      case "NotImplemented", "MethodNotAllowed" ->
          new UnsupportedException(
              "store.unsupported",
              task + ": " + place.host() + " does not know how to" + said(e),
              "run 'backstay repo test-store' to see what it can",
              e);
      case "EntityTooLarge" ->
          new StorageException(
              "store.too-large",
              task + ": it is too large for one put at " + place.host(),
              "set the store option multipart-above to less, such as 50MiB",
              e);
      case "InvalidObjectState" ->
          new StorageException(
              "store.archived",
              task + ": it was moved into an archive",
              "restore it from there first, and exclude the repository from that lifecycle rule",
              e);
      default -> byStatus(action, task, e);
    };
  }

  private EngineException byStatus(S3Action action, String task, AwsServiceException e) {
    int status = e.statusCode();
    // "… Object Lock …" at Amazon, "… ObjectLockConfiguration" elsewhere
    if (said(e).toLowerCase(Locale.ROOT).replace(" ", "").contains("objectlock")) {
      return new UnsupportedException(
          "store.no-object-lock",
          task + ": the bucket " + place.bucket() + " has no Object Lock" + said(e),
          "leave out the store option retention, or use a bucket that was made with Object Lock",
          e);
    }
    if (full(code(e))) {
      return new StorageException(
          "store.full",
          task + ": " + place.host() + " has no room left for it" + said(e),
          "make room or raise the quota; what was committed before is not affected",
          e);
    }
    if (status >= 500 || status == 429 || status == 408 || transientRefusal(code(e))) {
      return new UnreachableException(
          "store.busy",
          task + ": " + place.host() + " cannot serve it now" + said(e),
          "try again later",
          e);
    }
    return switch (status) {
      case 301, 307 -> wrongRegion(task, e);
      case 401, 403 -> denied(action, task, e);
      case 404 -> noBucket(e);
      default ->
          new StorageException(
              "store.failed",
              task + ": " + place.host() + " refuses it" + said(e),
              "run 'backstay repo test-store' to see what works",
              e);
    };
  }

  private static boolean full(String code) {
    String lower = code.toLowerCase(Locale.ROOT);
    return lower.contains("quota") || lower.contains("storagefull") || lower.contains("capacity");
  }

  /// Codes whose cause passes, though their status says otherwise.
  private static boolean transientRefusal(String code) {
    return switch (code) {
      case "SlowDown",
          "RequestTimeout",
          "Throttling",
          "ThrottlingException",
          "OperationAborted",
          "ConditionalRequestConflict",
          "BadDigest",
          "IncompleteBody",
          "InvalidDigest",
          "XAmzContentSHA256Mismatch",
          "XAmzContentChecksumMismatch",
          "RequestThrottled" ->
          true;
      default -> false;
    };
  }

  NotFoundException noBucket(@Nullable Throwable cause) {
    return new NotFoundException(
        "store.no-bucket",
        "there is no bucket " + place.bucket() + " at " + place.host(),
        "correct the location, or make the bucket; 'repo init' does where it may",
        cause);
  }

  private EngineException denied(S3Action action, String task, AwsServiceException e) {
    return new ForbiddenException(
        "store.denied",
        task + ": access denied" + said(e),
        "allow "
            + action.permission()
            + " on "
            + action.resource(place.bucket(), place.prefix())
            + " to these credentials, or use others",
        e);
  }

  EngineException expired(String task, Throwable e) {
    String profile = settings.options().profile();
    return new UnauthenticatedException(
        "store.expired-credentials",
        task + ": the credentials have expired",
        "get new ones: "
            + (profile.isEmpty()
                ? "'aws sso login', or"
                : "'aws sso login --profile " + profile + "', or")
            + " set the AWS_… variables anew",
        e);
  }

  private EngineException wrongRegion(String task, AwsServiceException e) {
    String region = region(e);
    return new InvalidInputException(
        "store.wrong-region",
        task
            + ": the bucket "
            + place.bucket()
            + " is not in the region "
            + settings.region()
            + (region.isEmpty() ? "" : " but in " + region),
        "set the store option region" + (region.isEmpty() ? "" : "=" + region),
        e);
  }

  /// The region that the service names in its answer, or empty.
  static String region(AwsServiceException e) {
    if (e.awsErrorDetails() == null || e.awsErrorDetails().sdkHttpResponse() == null) {
      return "";
    }
    return e.awsErrorDetails()
        .sdkHttpResponse()
        .firstMatchingHeader("x-amz-bucket-region")
        .orElse("");
  }

  static String code(AwsServiceException e) {
    return e.awsErrorDetails() == null
        ? ""
        : Objects.requireNonNullElse(e.awsErrorDetails().errorCode(), "");
  }

  private static String said(AwsServiceException e) {
    String message =
        e.awsErrorDetails() == null
            ? ""
            : Objects.requireNonNullElse(e.awsErrorDetails().errorMessage(), "");
    String line = message.lines().findFirst().orElse("");
    String shown = line.length() > 200 ? line.substring(0, 200) + "…" : line;
    return shown.isEmpty() ? " (" + e.statusCode() + ")" : " (" + shown + ")";
  }
}
