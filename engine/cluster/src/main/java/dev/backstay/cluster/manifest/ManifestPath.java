package dev.backstay.cluster.manifest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Where a manifest lies inside a restore point: `manifests/<group>/<plural>/<name>.yaml`, and
/// `manifests/_cluster/<group>/<plural>/<name>.yaml` for cluster-scoped objects. The core group's
/// folder is `core`. What cannot be in a file name is written as `%` and two hex digits; a name too
/// long for one is cut and ends in `~` and a part of its hash. The manifest itself has the true
/// name.
public final class ManifestPath {

  /// The folder of all manifests.
  public static final String ROOT = "manifests";

  /// The folder of cluster-scoped manifests inside [#ROOT]; no API group is called that.
  public static final String CLUSTER = "_cluster";

  private static final String ENDING = ".yaml";
  private static final int LONGEST_NAME = 255;

  private ManifestPath() {}

  public static String of(ManifestKey key) {
    String group = key.group().isEmpty() ? "core" : segment(key.group(), "");
    String scope = key.namespace() == null ? CLUSTER + "/" : "";
    String plural = segment(key.plural(), "");
    return ROOT + "/" + scope + group + "/" + plural + "/" + segment(key.name(), ENDING);
  }

  private static String segment(String name, String ending) {
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c == '/' || c == '\\' || c == '%' || c < 0x20 || c == 0x7f) {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      } else {
        out.append((char) c); // one byte each for now, so that the length is that of the file name
      }
    }
    int room = LONGEST_NAME - ending.length();
    if (out.length() > room) {
      String hash = "~" + hash(name);
      out.setLength(cut(out, room - hash.length()));
      out.append(hash);
    }
    return new String(out.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
        + ending;
  }

  /// Not inside a character of several bytes.
  private static int cut(StringBuilder bytes, int most) {
    int end = most;
    while (end > 0 && (bytes.charAt(end) & 0xc0) == 0x80) {
      end--;
    }
    return end;
  }

  private static String hash(String name) {
    try {
      byte[] sha =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
