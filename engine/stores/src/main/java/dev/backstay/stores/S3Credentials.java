package dev.backstay.stores;

import dev.backstay.model.StoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;

/// The SDK's default chain, over an environment that is handed in: keys in the environment, web
/// identity, the profile (keys, roles, SSO, `credential_process`), the container's. An EC2 instance
/// is only asked when told to: elsewhere nobody answers, and that takes long to find out.
final class S3Credentials {

  private S3Credentials() {}

  static AwsCredentialsProvider of(StoreOptions options, Map<String, String> environment) {
    if (!options.profile().isBlank()) {
      return profile(options, environment);
    }
    List<AwsCredentialsProvider> chain = new ArrayList<>();
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    if (!id.isBlank() && !secret.isBlank()) {
      chain.add(StaticCredentialsProvider.create(keys(id, secret, environment)));
    }
    if (environment.containsKey("AWS_WEB_IDENTITY_TOKEN_FILE")) {
      chain.add(webIdentity(environment));
    }
    chain.add(profile(options, environment));
    chain.add(ContainerCredentialsProvider.create());
    String disabled = environment.getOrDefault("AWS_EC2_METADATA_DISABLED", "");
    if (options.instanceMetadata() || disabled.equalsIgnoreCase("false")) {
      chain.add(InstanceProfileCredentialsProvider.create());
    }
    return AwsCredentialsProviderChain.of(chain.toArray(AwsCredentialsProvider[]::new));
  }

  private static AwsCredentials keys(String id, String secret, Map<String, String> environment) {
    String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    return token.isBlank()
        ? AwsBasicCredentials.create(id.strip(), secret.strip())
        : AwsSessionCredentials.create(id.strip(), secret.strip(), token.strip());
  }

  private static AwsCredentialsProvider webIdentity(Map<String, String> environment) {
    return WebIdentityTokenFileCredentialsProvider.builder()
        .webIdentityTokenFile(Path.of(environment.getOrDefault("AWS_WEB_IDENTITY_TOKEN_FILE", "")))
        .roleArn(environment.get("AWS_ROLE_ARN"))
        .roleSessionName(environment.getOrDefault("AWS_ROLE_SESSION_NAME", "backstay"))
        .build();
  }

  private static AwsCredentialsProvider profile(
      StoreOptions options, Map<String, String> environment) {
    return ProfileCredentialsProvider.builder()
        .profileFile(AwsFiles.read(environment))
        .profileName(AwsFiles.profile(options, environment))
        .build();
  }
}
