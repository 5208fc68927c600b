package dev.backstay.repository.prune;

import dev.backstay.model.DamagedException;
import dev.backstay.repository.json.GoTime;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import dev.backstay.repository.lock.HeldLock;
import dev.backstay.repository.store.Damage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whom the deletion of candidates has to wait for.
///
/// @param name its file's name; empty before it is written
/// @param time when the locks were listed
/// @param candidates names of the candidate files it stands for
/// @param locks those that were held
record LockListFile(String name, Instant time, List<String> candidates, List<HeldLock> locks) {

  byte[] encode() {
    JsonWriter out = new JsonWriter(1024);
    out.raw('{');
    out.field("time").string(GoTime.format(time));
    out.field("candidates").raw('[');
    for (int i = 0; i < candidates.size(); i++) {
      out.raw(i == 0 ? "" : ",").string(candidates.get(i));
    }
    out.raw(']');
    out.field("locks").raw('[');
    for (int i = 0; i < locks.size(); i++) {
      HeldLock lock = locks.get(i);
      out.raw(i == 0 ? "{" : ",{");
      out.field("name").string(lock.name());
      out.field("origin").string(lock.origin());
      out.field("hostname").string(lock.hostname());
      out.field("username").string(lock.username());
      out.field("pid").number(lock.pid());
      out.field("program").string(lock.program());
      out.raw('}');
    }
    return out.raw("]}").toBytes();
  }

  static LockListFile decode(byte[] json, String name) {
    JsonReader in = new JsonReader(json, "the lock list " + name);
    Instant time = Instant.EPOCH;
    List<String> candidates = new ArrayList<>();
    List<HeldLock> locks = new ArrayList<>();
    try {
      in.object();
      while (in.more()) {
        switch (in.name()) {
          case "time" -> time = GoTime.parse(in.string());
          case "candidates" -> {
            in.list();
            while (in.more()) {
              candidates.add(in.string());
            }
          }
          case "locks" -> {
            in.list();
            while (in.more()) {
              locks.add(lock(in));
            }
          }
          default -> in.skip();
        }
      }
      in.end();
    } catch (IllegalArgumentException e) {
      throw damaged(name);
    }
    return new LockListFile(name, time, candidates, locks);
  }

  private static HeldLock lock(JsonReader in) {
    String name = "";
    String origin = "";
    String program = "";
    String hostname = "";
    String username = "";
    long pid = 0;
    in.object();
    while (in.more()) {
      switch (in.name()) {
        case "name" -> name = in.string();
        case "origin" -> origin = in.string();
        case "program" -> program = in.string();
        case "hostname" -> hostname = in.string();
        case "username" -> username = in.string();
        case "pid" -> pid = in.number();
        default -> in.skip();
      }
    }
    return new HeldLock(name, origin, Instant.EPOCH, false, hostname, username, pid, program);
  }

  private static DamagedException damaged(String name) {
    return Damage.of("prune.lock-list-damaged", name, "holds no usable list of locks");
  }
}
