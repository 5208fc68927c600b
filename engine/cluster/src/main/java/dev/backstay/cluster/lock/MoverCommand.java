package dev.backstay.cluster.lock;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Recognises the command of an exec as our own script, word for word: `sh -c SCRIPT backstay VERB
/// ROOT …`.
final class MoverCommand {

  private static final String SCRIPT = "/dev/backstay/cluster/mover/mover.sh";

  /// Verbs of `mover.sh` that change nothing in the volume.
  private static final Set<String> READING = Set.of("probe", "list", "read", "tail");

  private MoverCommand() {}

  /// @param own whether the pod is one of ours, where any verb will do
  static boolean allows(List<String> words, boolean own) {
    return words.size() >= 6
        && words.subList(0, 4).equals(List.of("sh", "-c", script(), "backstay"))
        && (own || READING.contains(words.get(4)));
  }

  private static String script() {
    try (InputStream in = MoverCommand.class.getResourceAsStream(SCRIPT)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
