package dev.backstay.workflow.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstay.model.InvalidInputException;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.StoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreAccessTest {

  private static final RepositoryLocation HERE =
      new RepositoryLocation("s3:https://s3.example.org/bucket/a");
  private static final RepositoryLocation ELSEWHERE =
      new RepositoryLocation("s3:https://s3.example.org/bucket/b");

  @TempDir Path state;

  private StoreAccess access(Map<String, String> declared) {
    return new StoreAccess(
        Map.of(), null, state, _ -> declared, InstantSource.system(), new StoreNotices());
  }

  @Test
  void whatIsDeclaredCountsThenWhatWasFound() {
    access(Map.of()).remember(HERE, StoreOptions.of(Map.of("region", "found", "path-style", "on")));
    StoreOptions options = access(Map.of("region", "declared")).options(HERE);
    assertEquals("declared", options.region());
    assertEquals(StoreOptions.Choice.ON, options.pathStyle());
    assertEquals(StoreOptions.DEFAULT, access(Map.of()).options(ELSEWHERE));
  }

  @Test
  void aDamagedMemoryIsNoMemory() throws Exception {
    for (String text : new String[] {"", "{", "[]", "{\"" + HERE + "\":{\"no-such\":\"1\"}}"}) {
      Files.writeString(state.resolve("stores.json"), text);
      assertEquals(StoreOptions.DEFAULT, access(Map.of()).options(HERE));
    }
    access(Map.of()).remember(HERE, StoreOptions.of(Map.of("region", "r")));
    assertEquals("r", access(Map.of()).options(HERE).region());
  }

  @Test
  void aWizardsOptionsAreForItsLocationOnly() {
    StoreOptions asked = StoreOptions.of(Map.of("profile", "p"));
    StoreAccess access = access(Map.of("region", "r")).with(HERE, asked);
    assertEquals("p", access.options(HERE).profile());
    assertEquals("r", access.options(ELSEWHERE).region());
  }

  @Test
  void answersBecomeALocation() {
    BucketQuestion question =
        new BucketQuestion("https://s3.example.org:9000/", "bucket", "a/b", "eu", "p", "", 30);
    assertEquals("s3:https://s3.example.org:9000/bucket/a/b", question.location().text());
    assertEquals("eu", question.options().region());
    assertEquals(30, java.util.Objects.requireNonNull(question.options().retention()).toDays());
    BucketQuestion amazon = new BucketQuestion("", "bucket", "", "", "", "", 0);
    assertEquals("s3:https://s3.amazonaws.com/bucket", amazon.location().text());
    assertThrows(
        InvalidInputException.class,
        () -> new BucketQuestion("https://host", "", "", "", "", "", 0).location());
  }
}
