package dev.backstay.workflow.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTestTest {

  @TempDir Path folder;

  private PlaceTest.Report test(Path place) {
    return test(place, InstantSource.system());
  }

  private static PlaceTest.Report test(Path place, InstantSource clock) {
    return new PlaceTest(clock).test(new RepositoryLocation(place.toString()));
  }

  private static Map<String, Capability.Answer> answers(PlaceTest.Report report) {
    return report.capabilities().stream()
        .collect(Collectors.toMap(Capability::name, Capability::answer));
  }

  private List<Path> there() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void anEmptyFolderCanEverythingAndStaysEmpty() throws IOException {
    PlaceTest.Report report = test(folder);
    assertEquals(PlaceTest.Holds.NOTHING, report.holds());
    assertTrue(report.usable());
    Map<String, Capability.Answer> answers = answers(report);
    for (String name : List.of("write", "sync", "read", "exclusive", "rename", "clock", "list")) {
      assertEquals(Capability.Answer.GOOD, answers.get(name), name);
    }
    assertEquals(List.of(), there());
  }

  @Test
  void aFolderThatIsNotThereYetIsTriedAboveAndNotMade() throws IOException {
    PlaceTest.Report report = test(folder.resolve("a").resolve("b"));
    assertTrue(report.usable());
    assertEquals(PlaceTest.Holds.NOTHING, report.holds());
    assertEquals(List.of(), there());
  }

  @Test
  void aRepositoryAndOtherFilesAreToldApart() throws IOException {
    Path repository = folder.resolve("repository");
    try (Secret secret = Secret.of("correct horse")) {
      RepositorySession.init(new RepositoryLocation(repository.toString()), secret).close();
    }
    assertEquals(PlaceTest.Holds.REPOSITORY, test(repository).holds());
    assertEquals(PlaceTest.Holds.OTHER_FILES, test(folder).holds());
  }

  @Test
  void aFileIsNoPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    PlaceTest.Report report = test(file);
    assertFalse(report.usable());
    assertEquals(Capability.Answer.MISSING, answers(report).get("write"));
    assertFalse(report.capabilities().getFirst().remedy().isEmpty());
    assertEquals("text", Files.readString(file));
  }

  @Test
  void aClockThatIsWrongIsDoubtfulAndSaysByHowMuch() {
    InstantSource wrong = () -> Instant.now().plus(Duration.ofHours(2));
    PlaceTest.Report report = test(folder, wrong);
    assertEquals(Capability.Answer.DOUBTFUL, answers(report).get("clock"));
    assertTrue(report.usable(), "it can be used all the same");
  }
}
