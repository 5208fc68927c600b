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

  // What a backup needs whatever the cores, and what each of them adds.
  private static final long FIXED = 128L << 20;
  private static final long PER_CORE = 48L << 20;

  /// The clock, names and cores of this machine.
  public static RepositorySettings ofThisMachine() {
    return new RepositorySettings(
        InstantSource.system(),
        hostnameOfThisMachine(),
        System.getProperty("user.name", ""),
        "backstay",
        coresForHeap(),
        15,
        Duration.ofMinutes(5),
        null);
  }

  /// All of them, or as many as the heap has room for: each works on a chunk of up to 8 MiB,
  /// packed, sealed and opened again. A Job with 512 MiB and 64 cores must finish too.
  private static int coresForHeap() {
    long room = (Runtime.getRuntime().maxMemory() - FIXED) / PER_CORE;
    return Math.clamp(room, 1, Runtime.getRuntime().availableProcessors());
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
