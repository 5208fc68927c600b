package dev.backstay.repository.forget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.json.GoTime;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import dev.backstay.repository.key.Keys;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.peer.Peer;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.LocalStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same snapshots and the same policy given to restic and to us: the same stay, for the same
/// reasons.
@Timeout(300)
class ForgetDifferentialTest {

  private static final Secret PASSWORD = Secret.of("p");
  private static final RepositorySettings SETTINGS =
      RepositorySettings.ofThisMachine().withScryptCost(4);
  private static final int ROUNDS = Integer.getInteger("backstay.forget.rounds", 4);
  private static final int POLICIES = 8;

  @TempDir Path work;

  @ParameterizedTest
  @MethodSource(Peer.RESTICS)
  void keepsWhatResticKeeps(Peer restic) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(round);
      Path place = work.resolve("repo-" + round);
      try (OpenRepository repository = Repository.init(new LocalStore(place), PASSWORD, SETTINGS)) {
        writeSnapshots(new LocalStore(place), random);
        for (int i = 0; i < POLICIES; i++) {
          compare(restic, place, repository, random, "round " + round + " policy " + i);
        }
      }
    }
  }

  private static void writeSnapshots(LocalStore store, Random random) {
    SecureRandom secure = new SecureRandom();
    MasterKey key = new Keys(store, secure).open(PASSWORD, _ -> true).master();
    try (CodecPool codecs = new CodecPool(key, secure, 1)) {
      SealedFiles files = new SealedFiles(store, codecs);
      int count = 1 + random.nextInt(60);
      long spread = List.of(3L, 40L, 400L, 4000L).get(random.nextInt(4)) * 86_400_000L;
      Instant end = Instant.parse("2026-03-31T23:30:00Z");
      Set<Instant> times = new HashSet<>();
      while (times.size() < count) {
        times.add(end.minusMillis((long) (random.nextDouble() * spread)));
      }
      times.forEach(time -> files.save(FileKind.SNAPSHOT, snapshot(time, random)));
    }
  }

  private static byte[] snapshot(Instant time, Random random) {
    int offset = List.of(0, 60, -330, 720).get(random.nextInt(4));
    JsonWriter out = new JsonWriter(300);
    out.raw('{');
    out.field("time").string(GoTime.format(time.getEpochSecond(), time.getNano(), offset));
    out.field("tree").string("ab".repeat(32));
    out.field("paths").raw(random.nextBoolean() ? "[\"/b\",\"/a\"]" : "[\"/a\",\"/b\"]");
    out.field("hostname").string(random.nextInt(3) == 0 ? "one" : "two");
    switch (random.nextInt(5)) {
      case 0 -> out.field("tags").raw("[\"x\"]");
      case 1 -> out.field("tags").raw("[\"x\",\"y\"]");
      case 2 -> out.field("tags").raw("[\"y\"]");
      default -> {}
    }
    return out.raw('}').toBytes();
  }

  private static void compare(
      Peer restic, Path place, OpenRepository repository, Random random, String what)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("-q", "forget", "--dry-run", "--json"));
    ForgetPolicy policy = policy(random, command);
    String grouping = List.of("host,paths", "host", "", "host,tags").get(random.nextInt(4));
    command.addAll(List.of("--group-by", grouping));
    ForgetRequest request =
        new ForgetRequest(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            ForgetGrouping.parse(grouping),
            policy,
            true);
    Map<String, List<String>> ours = new HashMap<>();
    for (ForgetPlan.Group group : repository.plan(request).groups()) {
      group.decisions().forEach(d -> ours.put(d.snapshot().id(), d.rules()));
    }
    boolean keepsOldest = !restic.before(15);
    assertEquals(
        new TreeMap<>(theirs(restic, place, command)),
        new TreeMap<>(plain(ours, keepsOldest)),
        what + ": " + String.join(" ", command));
  }

  private static ForgetPolicy policy(Random random, List<String> command) {
    ForgetPolicy policy = ForgetPolicy.NONE;
    while (policy.isEmpty()) {
      for (KeepPeriod period : KeepPeriod.values()) {
        String word = period.name().toLowerCase(java.util.Locale.ROOT);
        if (random.nextInt(4) == 0) {
          int count = 1 + random.nextInt(6);
          policy = policy.keep(period, count);
          command.addAll(List.of("--keep-" + word, String.valueOf(count)));
        }
        if (period != KeepPeriod.LAST && random.nextInt(7) == 0) {
          KeepSpan span = span(random);
          policy = policy.keepWithin(period, span);
          command.addAll(List.of("--keep-within-" + word, span.toString()));
        }
      }
      if (random.nextInt(5) == 0) {
        KeepSpan span = span(random);
        policy = policy.keepWithin(span);
        command.addAll(List.of("--keep-within", span.toString()));
      }
      if (random.nextInt(4) == 0) {
        policy = policy.keepTags(List.of(List.of("x", "y"), List.of("")));
        command.addAll(List.of("--keep-tag", "x,y", "--keep-tag", ""));
      }
    }
    return policy;
  }

  private static KeepSpan span(Random random) {
    return new KeepSpan(
        random.nextInt(3), random.nextInt(14), random.nextInt(40), 1 + random.nextInt(50));
  }

  /// restic 0.14 does not keep the oldest snapshot for the sake of a count that is not used up.
  private static Map<String, List<String>> plain(
      Map<String, List<String>> rules, boolean keepsOldest) {
    Map<String, List<String>> plain = new HashMap<>();
    rules.forEach((id, list) ->
        plain.put(
            id,
            list.stream()
                .filter(rule -> keepsOldest || !rule.startsWith("oldest "))
                .map(rule -> rule.replace("oldest ", ""))
                .toList()));
    return plain;
  }

  private static Map<String, List<String>> theirs(Peer restic, Path place, List<String> command) {
    String out = restic.output(place, "p", command.toArray(String[]::new));
    Map<String, List<String>> rules = new HashMap<>();
    JsonReader in = new JsonReader(out.getBytes(StandardCharsets.UTF_8), "restic's answer");
    in.list();
    while (in.more()) {
      readGroup(in, rules);
    }
    return plain(rules, true);
  }

  private static void readGroup(JsonReader in, Map<String, List<String>> rules) {
    List<String> kept = new ArrayList<>();
    List<List<String>> reasons = new ArrayList<>();
    in.object();
    while (in.more()) {
      switch (in.name()) {
        case "keep" -> kept = ids(in);
        case "remove" -> ids(in).forEach(id -> rules.put(id, List.of()));
        case "reasons" -> reasons = reasons(in);
        default -> in.skip();
      }
    }
    for (int i = 0; i < kept.size(); i++) {
      rules.put(kept.get(i), reasons.get(i));
    }
  }

  private static List<String> ids(JsonReader in) {
    List<String> ids = new ArrayList<>();
    if (in.isNull()) {
      return ids;
    }
    in.list();
    while (in.more()) {
      in.object();
      while (in.more()) {
        if (in.name().equals("id")) {
          ids.add(in.string());
        } else {
          in.skip();
        }
      }
    }
    return ids;
  }

  private static List<List<String>> reasons(JsonReader in) {
    List<List<String>> all = new ArrayList<>();
    if (in.isNull()) {
      return all;
    }
    in.list();
    while (in.more()) {
      List<String> matches = new ArrayList<>();
      in.object();
      while (in.more()) {
        if (in.name().equals("matches")) {
          in.list();
          while (in.more()) {
            matches.add(in.string());
          }
        } else {
          in.skip();
        }
      }
      all.add(matches);
    }
    return all;
  }
}
