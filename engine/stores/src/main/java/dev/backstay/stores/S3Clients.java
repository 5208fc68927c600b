package dev.backstay.stores;

import dev.backstay.model.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// Makes clients of the AWS SDK. They do not try again by themselves: [RetryingStore] does, which
/// knows about lost answers and cancelling.
final class S3Clients {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private S3Clients() {}

  static S3Client open(
      S3Settings settings, Map<String, String> environment, ExecutionInterceptor... listeners) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(S3Credentials.of(settings.options(), environment))
            .httpClientBuilder(http(settings, environment))
            .forcePathStyle(settings.pathStyle())
            .crossRegionAccessEnabled(settings.amazon())
            // Amazon's own way of sending bodies, which some other services do not know.
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(settings.amazon()))
            .requestChecksumCalculation(
                settings.checksums()
                    ? RequestChecksumCalculation.WHEN_SUPPORTED
                    : RequestChecksumCalculation.WHEN_REQUIRED)
            // Whatever is read is compared with its name or its MAC anyway.
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(config -> {
              config.retryStrategy(AwsRetryStrategy.doNotRetry());
              for (ExecutionInterceptor listener : listeners) {
                config.addExecutionInterceptor(listener);
              }
            });
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return builder.build();
  }

  private static Apache5HttpClient.Builder http(
      S3Settings settings, Map<String, String> environment) {
    Apache5HttpClient.Builder http =
        Apache5HttpClient.builder()
            .maxConnections(settings.options().connections() + 4)
            .connectionTimeout(CONNECT)
            .connectionAcquisitionTimeout(SILENCE)
            .socketTimeout(SILENCE)
            .tcpKeepAlive(true);
    String named = settings.options().caFile();
    String file = named.isBlank() ? environment.getOrDefault("AWS_CA_BUNDLE", "") : named;
    if (!file.isBlank()) {
      TrustManager[] trusted = trusted(Path.of(file));
      http.tlsTrustManagersProvider(() -> trusted);
    }
    return http;
  }

  private static TrustManager[] trusted(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + store.size(), one);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new InvalidInputException(
          "store.bad-ca-file",
          "the certificates in " + file + " cannot be read: " + e.getMessage(),
          "name a PEM file of certificate authorities",
          e);
    }
  }
}
