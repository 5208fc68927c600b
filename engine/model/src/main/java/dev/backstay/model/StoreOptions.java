package dev.backstay.model;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How a store is to be used. Whatever is left open is chosen by the kind of service, or found by
/// the connection test.
///
/// @param region of the bucket; empty for what the location, the environment or the profile says
/// @param profile of the AWS files; empty for `AWS_PROFILE`, else the environment's keys
/// @param pathStyle whether the bucket stands in the path and not before the host's name
/// @param checksums whether puts carry a SHA-256 that the service verifies
/// @param conditionalPut whether the service itself keeps a put from overwriting
/// @param storageClass of packs; empty for the bucket's own
/// @param retention how long the Object Lock of a new file lasts; null for none
/// @param compliance whether nobody at all may lift that lock
/// @param connections how many calls run at once
/// @param multipartAbove bytes; larger files are sent in parts
/// @param uploadRate bytes a second; 0 for no limit
/// @param downloadRate bytes a second; 0 for no limit
/// @param retry how long a call is tried again
/// @param cacheSize bytes of the local cache; 0 for none
/// @param instanceMetadata whether an EC2 instance is asked for credentials
/// @param caFile PEM file of the authorities that the service's certificate is checked against;
///   empty for those of this machine
public record StoreOptions(
    String region,
    String profile,
    Choice pathStyle,
    Choice checksums,
    Choice conditionalPut,
    String storageClass,
    @Nullable Duration retention,
    boolean compliance,
    int connections,
    long multipartAbove,
    long uploadRate,
    long downloadRate,
    Duration retry,
    long cacheSize,
    boolean instanceMetadata,
    String caFile) {

  /// On, off, or whatever fits.
  public enum Choice {
    AUTO,
    ON,
    OFF;

    /// @param fits what [#AUTO] means here
    public boolean or(boolean fits) {
      return this == AUTO ? fits : this == ON;
    }

    public static Choice of(boolean on) {
      return on ? ON : OFF;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Nothing said.
  public static final StoreOptions DEFAULT = of(Map.of());

  /// Reads options by their names, such as `region`, `path-style` (or `pathStyle`), or with
  /// restic's prefix `s3.storage-class`.
  ///
  /// @throws InvalidInputException if a name or a value is not known
  public static StoreOptions of(Map<String, String> named) {
    return new OptionReader(named).read();
  }

  /// The options that differ from the defaults, by their names; [#of] reads them again.
  public Map<String, String> named() {
    Map<String, String> named = new TreeMap<>();
    put(named, "region", region, "");
    put(named, "profile", profile, "");
    put(named, "path-style", pathStyle.word(), "auto");
    put(named, "checksums", checksums.word(), "auto");
    put(named, "conditional-put", conditionalPut.word(), "auto");
    put(named, "storage-class", storageClass, "");
    put(named, "retention", retention == null ? "" : retention.toSeconds() + "s", "");
    put(named, "retention-mode", compliance ? "compliance" : "governance", "governance");
    put(named, "connections", connections + "", OptionReader.CONNECTIONS + "");
    put(named, "multipart-above", multipartAbove + "", OptionReader.MULTIPART_ABOVE + "");
    put(named, "upload-rate", uploadRate + "", "0");
    put(named, "download-rate", downloadRate + "", "0");
    put(named, "retry", retry.toSeconds() + "s", OptionReader.RETRY.toSeconds() + "s");
    put(named, "cache-size", cacheSize + "", OptionReader.CACHE_SIZE + "");
    put(named, "instance-metadata", instanceMetadata ? "on" : "off", "off");
    put(named, "ca-file", caFile, "");
    return named;
  }

  private static void put(Map<String, String> named, String name, String value, String usual) {
    if (!value.equals(usual)) {
      named.put(name, value);
    }
  }

  /// The same with what a connection test found.
  public StoreOptions with(
      String foundRegion,
      boolean foundPathStyle,
      boolean foundChecksums,
      boolean foundConditional) {
    Map<String, String> named = named();
    named.put("region", foundRegion);
    named.put("path-style", Choice.of(foundPathStyle).word());
    named.put("checksums", Choice.of(foundChecksums).word());
    named.put("conditional-put", Choice.of(foundConditional).word());
    return of(named);
  }
}
