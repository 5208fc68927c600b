package dev.backstay.workflow.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// Which process is which.
final class Processes {

  private Processes() {}

  static JournalOwner self(String installation) {
    ProcessHandle me = ProcessHandle.current();
    return new JournalOwner(me.pid(), started(me), host(), installation);
  }

  /// Whether this very process still runs: a later one with the same pid does not count. A process
  /// of another host counts as gone, since nothing can be asked about it.
  static boolean alive(JournalOwner owner, String host) {
    return owner.host().equals(host)
        && ProcessHandle.of(owner.pid())
            .filter(ProcessHandle::isAlive)
            .filter(process -> started(process) == owner.started())
            .isPresent();
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /// Without a look-up: a name server is somebody else's machine.
  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      Map<String, String> environment = System.getenv();
      String fallback = environment.getOrDefault("HOSTNAME", "localhost");
      return environment.getOrDefault("COMPUTERNAME", fallback);
    }
  }
}
