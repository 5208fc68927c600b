package dev.backstay.stores;

import dev.backstay.model.InvalidInputException;
import dev.backstay.model.StoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.profiles.ProfileFile;

/// The files that all AWS tools share: `~/.aws/config` and `~/.aws/credentials`.
final class AwsFiles {

  private AwsFiles() {}

  /// @throws InvalidInputException if they cannot be read
  static ProfileFile read(Map<String, String> environment) {
    ProfileFile.Aggregator all = ProfileFile.aggregator();
    add(
        all,
        path(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials"),
        ProfileFile.Type.CREDENTIALS);
    add(all, path(environment, "AWS_CONFIG_FILE", "config"), ProfileFile.Type.CONFIGURATION);
    return all.build();
  }

  private static Path path(Map<String, String> environment, String name, String usual) {
    String named = environment.getOrDefault(name, "");
    String home = Objects.requireNonNullElse(System.getProperty("user.home"), "");
    return named.isBlank() ? Path.of(home, ".aws", usual) : Path.of(named);
  }

  private static void add(ProfileFile.Aggregator all, Path file, ProfileFile.Type type) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try {
      all.addFile(ProfileFile.builder().content(file).type(type).build());
    } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
      // The parser's message may quote the line, and the line may hold a secret.
      throw new InvalidInputException(
          "store.bad-profiles",
          "the file " + file + " cannot be read as a file of AWS profiles",
          "correct it, or name another with AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE");
    }
  }

  /// The profile that is used.
  static String profile(StoreOptions options, Map<String, String> environment) {
    if (!options.profile().isBlank()) {
      return options.profile();
    }
    String named = environment.getOrDefault("AWS_PROFILE", "");
    return named.isBlank() ? "default" : named;
  }

  /// A profile's value, or empty.
  static String value(ProfileFile files, String profile, String name) {
    return files.profile(profile).flatMap(found -> found.property(name)).orElse("");
  }

  /// The names of the profiles, in order.
  static List<String> profiles(Map<String, String> environment) {
    return read(environment).profiles().keySet().stream().sorted().toList();
  }
}
