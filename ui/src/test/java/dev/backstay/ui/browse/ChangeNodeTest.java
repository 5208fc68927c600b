package dev.backstay.ui.browse;

import static dev.backstay.workflow.browse.Difference.Kind.ADDED;
import static dev.backstay.workflow.browse.Difference.Kind.CHANGED;
import static dev.backstay.workflow.browse.Difference.Kind.METADATA_ONLY;
import static dev.backstay.workflow.browse.Difference.Kind.REMOVED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ChangeNodeTest {

  private static final List<Changed> CHANGES =
      List.of(
          new Changed("/volumes/a/docs", METADATA_ONLY, 0, 0),
          new Changed("/volumes/a/docs/new.txt", ADDED, -1, 10),
          new Changed("/volumes/a/docs/old.txt", REMOVED, 7, -1),
          new Changed("/volumes/a/deep/down/here.txt", CHANGED, 5, 6));

  @Test
  void eachFolderHasTheSumsOfWhatIsBelow() {
    ChangeNode top = ChangeNode.of("/volumes/a", CHANGES);
    assertEquals(4, top.changes());
    assertEquals(12, top.before());
    assertEquals(16, top.after());
    ChangeNode docs = top.children().getLast();
    assertEquals("docs", docs.name());
    assertNotNull(docs.own());
    assertEquals(3, docs.changes());
    assertEquals(-1, docs.children().getFirst().before(), "it was not there");
  }

  @Test
  void foldersInARowAreOneLine() {
    ChangeNode deep = ChangeNode.of("/volumes/a", CHANGES).children().getFirst();
    assertEquals("deep/down/here.txt", deep.name());
    assertTrue(deep.leaf());
    List<ChangeNode> two =
        ChangeNode.of(
                "/",
                List.of(
                    new Changed("/volumes/a/x/1", ADDED, -1, 1),
                    new Changed("/volumes/a/x/2", ADDED, -1, 1)))
            .children();
    assertEquals("volumes/a/x", two.getFirst().name());
    assertNull(two.getFirst().own());
    assertEquals(
        List.of("1", "2"), two.getFirst().children().stream().map(ChangeNode::name).toList());
  }

  @Test
  void aFileThatIsComparedItselfIsTheTop() {
    ChangeNode file =
        ChangeNode.of("/volumes/a/f", List.of(new Changed("/volumes/a/f", CHANGED, 1, 2)));
    assertTrue(file.leaf());
    assertEquals(2, file.after());
  }

  @Test
  void countsNameBytesBothSides() {
    assertEquals(
        "1 added (10 B), 1 removed (7 B), 1 changed (5 B → 6 B), 1 metadata only",
        ChangeCounts.sentence(new Compared.Changes(CHANGES, false, List.of())));
  }
}
