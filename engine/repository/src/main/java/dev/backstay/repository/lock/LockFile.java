package dev.backstay.repository.lock;

import dev.backstay.repository.json.GoTime;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import java.time.Instant;

/// The JSON of a lock (restic `internal/restic/lock.go`).
///
/// @param time when it was written
/// @param exclusive whether nobody else may hold one
/// @param hostname where
/// @param username by whom
/// @param pid which process
/// @param program [#PROGRAM] if it is ours, else empty; restic passes over the field
/// @param origin the name of the first file of a lock that was renewed; empty in that file itself
///   and in those of others
record LockFile(
    Instant time,
    boolean exclusive,
    String hostname,
    String username,
    long pid,
    String program,
    String origin) {

  static final String PROGRAM = "backstay";

  byte[] encode() {
    JsonWriter out = new JsonWriter(256);
    out.raw('{');
    out.field("time").string(GoTime.format(time));
    out.field("exclusive").raw(Boolean.toString(exclusive));
    out.field("hostname").string(hostname);
    out.field("username").string(username);
    out.field("pid").number(pid);
    if (!program.isEmpty()) {
      out.field("program").string(program);
    }
    if (!origin.isEmpty()) {
      out.field("origin").string(origin);
    }
    return out.raw('}').toBytes();
  }

  static LockFile decode(byte[] json, Object file) {
    JsonReader in = new JsonReader(json, "the lock " + file);
    Instant time = Instant.EPOCH;
    boolean exclusive = false;
    String hostname = "";
    String username = "";
    long pid = 0;
    String program = "";
    String origin = "";
    in.object();
    while (in.more()) {
      switch (in.name()) {
        case "time" -> time = time(in.string());
        case "exclusive" -> exclusive = in.bool();
        case "hostname" -> hostname = in.string();
        case "username" -> username = in.string();
        case "pid" -> pid = in.number();
        case "program" -> program = in.string();
        case "origin" -> origin = in.string();
        default -> in.skip();
      }
    }
    return new LockFile(time, exclusive, hostname, username, pid, program, origin);
  }

  private static Instant time(String text) {
    try {
      return GoTime.parse(text);
    } catch (IllegalArgumentException e) {
      return Instant.EPOCH;
    }
  }

  HeldLock held(String name) {
    String first = origin.isEmpty() ? name : origin;
    return new HeldLock(name, first, time, exclusive, hostname, username, pid, program);
  }

  /// A process of this machine that is no more.
  boolean ofDeadProcess(String host) {
    return hostname.equals(host)
        && pid > 0
        && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
  }

  String describe() {
    return (username.isEmpty() ? "" : username + " on ")
        + hostname
        + " (process "
        + pid
        + ", since "
        + GoTime.format(time)
        + ")";
  }
}
