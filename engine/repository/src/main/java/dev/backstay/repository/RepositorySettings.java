package dev.backstay.repository;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What a repository takes from its surroundings.
///
/// @param clock the time
/// @param hostname written into keys and locks
/// @param username written into keys and locks
/// @param program written into snapshots: `backstay 0.1.0`
/// @param cores how many threads work on bytes
/// @param scryptCost log2 of scrypt's N for a new key: 15 is what restic takes; tests take less
/// @param lockRefresh how often a held lock is renewed
/// @param cache folder of this machine for what makes repositories faster, or null for none
public record RepositorySettings(
    InstantSource clock,
    String hostname,
    String username,
    String program,
    int cores,
    int scryptCost,
    Duration lockRefresh,
    @Nullable Path cache) {

  /// The clock, names and cores of this machine.
  public static RepositorySettings ofThisMachine() {
    return new RepositorySettings(
        InstantSource.system(),
        hostnameOfThisMachine(),
        System.getProperty("user.name", ""),
        "backstay",
        Runtime.getRuntime().availableProcessors(),
        15,
        Duration.ofMinutes(5),
        null);
  }

  private static String hostnameOfThisMachine() {
    try {
      return java.net.InetAddress.getLocalHost().getHostName();
    } catch (java.net.UnknownHostException e) {
      return "localhost";
    }
  }

  public RepositorySettings withScryptCost(int cost) {
    return new RepositorySettings(
        clock, hostname, username, program, cores, cost, lockRefresh, cache);
  }

  public RepositorySettings withClock(InstantSource other) {
    return new RepositorySettings(
        other, hostname, username, program, cores, scryptCost, lockRefresh, cache);
  }

  public RepositorySettings withCache(@Nullable Path folder) {
    return new RepositorySettings(
        clock, hostname, username, program, cores, scryptCost, lockRefresh, folder);
  }
}
