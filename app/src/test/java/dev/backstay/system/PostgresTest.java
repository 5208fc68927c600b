package dev.backstay.system;

import static dev.backstay.system.Commands.apply;
import static dev.backstay.system.Commands.assertNothingTemporary;
import static dev.backstay.system.Commands.command;
import static dev.backstay.system.Commands.inPod;
import static dev.backstay.system.Commands.kubectl;
import static dev.backstay.system.Commands.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A PostgreSQL that takes inserts while it is backed up starts from the restore, with every row
/// that was committed before the VolumeSnapshot was cut.
@Tag("cluster")
class PostgresTest {

  private static final String IMAGE = "test.local/postgres";
  private static final String NAMESPACE = Commands.unique("backstay-pg");
  private static final String COPY = NAMESPACE + "-copy";

  private static final String SERVER =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db}
      spec:
        serviceName: db
        selector: {matchLabels: {app: db}}
        template:
          metadata: {labels: {app: db}}
          spec:
            containers:
            - name: postgres
              image: test.local/postgres
              imagePullPolicy: IfNotPresent
              readinessProbe:
                exec: {command: [psql, -h, /tmp, -U, postgres, -c, select 1]}
                periodSeconds: 1
              volumeMounts: [{name: data, mountPath: /data}]
        volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            storageClassName: standard
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 1Gi}}
      """;

  /// One transaction a row, each with the time at which it began: a row is committed before the
  /// next one begins.
  private static final String INSERTS =
      """
      do $$ begin
        for i in 1..10000000 loop
          insert into entry values (i, clock_timestamp(), repeat(md5(i::text), 20));
          commit;
        end loop;
      end $$\
      """;

  /// Every heap and index page is looked at, every row is found in its index, everything is read.
  private static final String CHECK =
      "$(ls -d /usr/lib/postgresql/*/bin)/pg_amcheck -h /tmp -U postgres --all --install-missing"
          + " --heapallindexed && pg_dumpall -h /tmp -U postgres > /dev/null && echo sound";

  private static final String OWNERS =
      "cd /data && find . ! -type s -exec stat -c '%a %u %g %n' {} + | grep -v -e pg_wal/0 -e"
          + " pgsql_tmp -e postmaster.pid -e pg_stat -e pg_internal.init | sort -k 4";

  @TempDir static Path folder;

  private static BuiltProgram program;

  @BeforeAll
  static void database() throws Exception {
    program = BuiltProgram.in(folder);
    assumeTrue(
        kubectl("get", "nodes", "-o", "jsonpath={.items[*].status.images[*].names}")
            .contains(IMAGE),
        "no PostgreSQL image");
    kubectl("create", "namespace", NAMESPACE);
    apply(NAMESPACE, SERVER);
    ready(NAMESPACE, "statefulset/db");
    sql(
        NAMESPACE,
        "create table entry(id bigint primary key, begun timestamptz not null, filler text)"
            + " with (autovacuum_enabled = off)"); // it would make files after the cut
    sql(NAMESPACE, "create index on entry(begun)");
    program.run(0, "repo", "init");
  }

  @AfterAll
  static void removeAll() throws Exception {
    if (System.getenv("KUBECONFIG") != null) {
      command("kubectl", "delete", "namespace", NAMESPACE, COPY, "--wait=false");
    }
  }

  @Test
  void itStartsFromARestoreWithEveryRowCommittedBeforeTheCut() throws Exception {
    Process inserts =
        new ProcessBuilder(
                "kubectl",
                "exec",
                "-n",
                NAMESPACE,
                "db-0",
                "--",
                "psql",
                "-h",
                "/tmp",
                "-U",
                "postgres",
                "-Xc",
                INSERTS)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    TimeUnit.SECONDS.sleep(3);
    program.run(0, "backup", "-n", NAMESPACE);
    assertTrue(inserts.isAlive(), "rows were inserted to the end");
    sql(
        NAMESPACE,
        "select pg_terminate_backend(pid) from pg_stat_activity where query like 'do %'");
    inserts.waitFor();
    long committed = number("select count(*) from entry where begun < '" + cut() + "'") - 1;
    assertTrue(committed > 100, "rows before the cut: " + committed);
    assertTrue(committed < number("select max(id) from entry") - 100, "rows after the cut");

    program.run(0, "restore", "latest", "-n", NAMESPACE, "--to-namespace", COPY);

    ready(COPY, "statefulset/db");
    String[] rows = sql(COPY, "select count(*), coalesce(max(id), 0) from entry").split("\\|");
    assertEquals(rows[0], rows[1], "the rows have gaps");
    assertTrue(
        Long.parseLong(rows[0]) >= committed, () -> rows[0] + " rows of at least " + committed);
    String check = inPod(COPY, "db-0", CHECK);
    assertTrue(check.endsWith("sound\n"), check);
    assertEquals(inPod(NAMESPACE, "db-0", OWNERS), inPod(COPY, "db-0", OWNERS));
    assertNothingTemporary(NAMESPACE, COPY);
  }

  /// When the VolumeSnapshot was cut, cut down to the second: the restore point's time.
  private static Instant cut() throws Exception {
    Matcher time =
        Pattern.compile("\"time\" : \"([^\"]+)\"")
            .matcher(program.run(0, "points", "-n", NAMESPACE, "-o", "json"));
    assertTrue(time.find());
    return Instant.parse(time.group(1));
  }

  private static long number(String query) throws Exception {
    return Long.parseLong(sql(NAMESPACE, query));
  }

  private static String sql(String namespace, String query) throws Exception {
    return kubectl(
            "exec",
            "-n",
            namespace,
            "db-0",
            "--",
            "psql",
            "-h",
            "/tmp",
            "-U",
            "postgres",
            "-v",
            "ON_ERROR_STOP=1",
            "-AtXc",
            query)
        .strip();
  }
}
