package dev.backstay.app.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.InvalidInputException;
import dev.backstay.workflow.MoverOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {

  @TempDir Path folder;

  private Settings read(String yaml) throws IOException {
    return SettingsFile.read(Files.writeString(folder.resolve("settings.yaml"), yaml));
  }

  @Test
  void noFileIsNoSettings() {
    assertEquals(Settings.NONE, SettingsFile.read(folder.resolve("none.yaml")));
  }

  @Test
  void readsEverything() throws IOException {
    Settings settings =
        read(
            """
            apiVersion: backstay.dev/v1
            kind: Settings
            repository: /mnt/backups
            passwordCommand: pass show backstay
            pluginPath: [/opt/cloud/bin, /opt/more]
            mover:
              image: registry.example/busybox:1.37
              pullSecrets: [regcred]
              nodeSelector: {disk: ssd}
              tolerations:
                - {key: dedicated, operator: Exists, effect: NoSchedule}
              resources:
                requests: {cpu: 100m, memory: 64Mi}
                limits: {memory: 256Mi}
            """);
    assertEquals("/mnt/backups", settings.repository());
    String separator = java.io.File.pathSeparator;
    assertEquals(
        Map.of("PATH", String.join(separator, "/opt/cloud/bin", "/opt/more", "/usr/bin"), "A", "b"),
        settings.extend(Map.of("PATH", "/usr/bin", "A", "b")));
    assertEquals(Map.of("A", "b"), Settings.NONE.extend(Map.of("A", "b")));
    MoverOptions mover = settings.mover();
    assertEquals("registry.example/busybox:1.37", mover.image());
    assertEquals(List.of("regcred"), mover.pullSecrets());
    assertEquals("Exists", mover.tolerations().getFirst().get("operator"));
    assertEquals(Map.of("cpu", "100m", "memory", "64Mi"), mover.requests());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour: red | 'colour'",
        "mover: {imag: x} | 'mover.imag'",
        "mover: {resources: {requests: {}, limit: {}}} | 'mover.resources.limit'",
        "mover: 3 | 'mover'",
        "mover: {pullSecrets: x} | 'mover.pullSecrets'",
        "repository: [a] | 'repository'"
      })
  void namesTheKeyThatIsWrong(String line, String named) {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> read("apiVersion: backstay.dev/v1\n" + line));
    assertTrue(String.valueOf(e.getMessage()).contains(named.strip()), e.getMessage());
  }

  @Test
  void refusesWhatIsNoYamlOrNewer() {
    assertThrows(InvalidInputException.class, () -> read("a: [b"));
    assertThrows(InvalidInputException.class, () -> read("just text"));
    assertThrows(InvalidInputException.class, () -> read("apiVersion: backstay.dev/v2\n"));
  }

  @Test
  void homeOverridesAllFolders() {
    Folders folders = Folders.of(Map.of("BACKSTAY_HOME", folder.toString())).create();
    for (Path each : List.of(folders.config(), folders.data(), folders.state(), folders.cache())) {
      assertTrue(each.startsWith(folder));
    }
  }
}
