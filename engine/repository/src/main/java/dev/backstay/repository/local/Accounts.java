package dev.backstay.repository.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Names of users and groups of this machine, as its files give them.
final class Accounts {

  private final Map<Long, String> users = read(Path.of("/etc/passwd"));
  private final Map<Long, String> groups = read(Path.of("/etc/group"));

  String user(long uid) {
    return users.getOrDefault(uid, "");
  }

  String group(long gid) {
    return groups.getOrDefault(gid, "");
  }

  /// Changes when any name does.
  String fingerprint() {
    return new TreeMap<>(users) + " " + new TreeMap<>(groups);
  }

  /// Whatever stands in it: names are bytes to the system, and UTF-8 to whoever writes a tree.
  static Map<Long, String> read(Path file) {
    Map<Long, String> names = new HashMap<>();
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        String[] fields = line.split(":");
        if (fields.length > 2 && fields[2].matches("[0-9]{1,10}")) {
          names.putIfAbsent(Long.valueOf(fields[2]), fields[0]);
        }
      }
    } catch (IOException e) {
      // Names are for people only; numbers are what counts.
    }
    return names;
  }
}
