import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Fuzzes every parser of the repository for a time, one after the other, each in a process of its
/// own: `mvn -q -pl engine/repository -am -Pfuzz -DskipTests -Dfuzz.seconds=600 verify`.
///
/// What it has tried stays in `target/fuzz` for the next run; what it finds is written there as
/// `crash-…`. Put such a file into `src/test/resources/<package>/<Test>Inputs/<method>/`: every
/// test run replays it from then on.
final class Fuzz {

  private final String classPath;
  private final Path module;
  private final long seconds;

  private Fuzz(String classPath, Path module, long seconds) {
    this.classPath = classPath;
    this.module = module;
    this.seconds = seconds;
  }

  /// @param arguments class path, folder of the module, seconds for each, part of a test's name
  public static void main(String[] arguments) throws Exception {
    Fuzz fuzz =
        new Fuzz(
            arguments[0], Path.of(arguments[1]).toAbsolutePath(), Long.parseLong(arguments[2]));
    String only = arguments.length > 3 ? arguments[3] : "";
    List<String> failed = new ArrayList<>();
    for (String test : fuzz.tests()) {
      if (test.contains(only) && !fuzz.run(test)) {
        failed.add(test);
      }
    }
    System.out.println(failed.isEmpty() ? "nothing found" : "FOUND something: " + failed);
    System.exit(failed.isEmpty() ? 0 : 1);
  }

  private List<String> tests() throws IOException {
    Path classes = module.resolve("target/test-classes");
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(file -> file.endsWith("FuzzTest.class"))
          .map(file -> file.substring(0, file.length() - 6).replace('/', '.').replace('\\', '.'))
          .sorted()
          .toList();
    }
  }

  private boolean run(String test) throws IOException, InterruptedException {
    Path work = Files.createDirectories(module.resolve("target/fuzz").resolve(test));
    Path corpus = Files.createDirectories(work.resolve("corpus"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+EnableDynamicAgentLoading"));
    command.addAll(List.of("-Xmx1g", "-cp", classPath, "com.code_intelligence.jazzer.Jazzer"));
    command.add("--target_class=" + test);
    command.add("--instrumentation_includes=dev.backstay.**");
    command.addAll(List.of("-max_total_time=" + seconds, "-max_len=65536", "-timeout=20"));
    command.addAll(List.of("-rss_limit_mb=3000", "-print_final_stats=1", "-use_value_profile=1"));
    command.add("-artifact_prefix=" + work + "/");
    command.add(corpus.toString());
    seeds(test).forEach(command::add);
    Path log = work.resolve("log");
    int status =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    report(test, status, Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1));
    return status == 0;
  }

  /// Real files of each kind, that it begins with.
  private List<String> seeds(String test) throws IOException {
    Path inputs = module.resolve("src/test/resources").resolve(test.replace('.', '/') + "Inputs");
    if (!Files.isDirectory(inputs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(inputs)) {
      return folders.map(Path::toString).toList();
    }
  }

  private static void report(String test, int status, String log) {
    String runs = value(log, "stat::number_of_executed_units:");
    String second = value(log, "stat::average_exec_per_sec:");
    System.out.println(
        test + ": " + runs + " inputs, " + second + "/s, " + (status == 0 ? "nothing" : "FOUND"));
    if (status != 0) {
      String[] lines = log.split("\n");
      for (int i = Math.max(0, lines.length - 40); i < lines.length; i++) {
        System.out.println("  " + lines[i]);
      }
    }
  }

  private static String value(String log, String name) {
    int at = log.lastIndexOf(name);
    return at < 0 ? "?" : log.substring(at + name.length()).strip().split("\\s")[0];
  }
}
