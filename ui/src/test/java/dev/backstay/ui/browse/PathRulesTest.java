package dev.backstay.ui.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PathRulesTest {

  private final PathRules rules = new PathRules();

  @Test
  void nothingChosenMeansNothing() {
    assertTrue(rules.isEmpty());
    assertFalse(rules.includes("/volumes/a/b"));
    assertEquals(PathRules.Chosen.NONE, rules.of("/volumes"));
  }

  @Test
  void aFolderBringsWhatIsBelowIt() {
    rules.set("/volumes/a", true);
    assertTrue(rules.includes("/volumes/a/deep/file"));
    assertFalse(rules.includes("/volumes/ab"));
    assertEquals(PathRules.Chosen.ALL, rules.of("/volumes/a/deep"));
    assertEquals(PathRules.Chosen.SOME, rules.of("/volumes"));
  }

  @Test
  void theLongerPathWins() {
    rules.set("/volumes/a", true);
    rules.set("/volumes/a/logs", false);
    rules.set("/volumes/a/logs/today", true);
    assertFalse(rules.includes("/volumes/a/logs/old"));
    assertTrue(rules.includes("/volumes/a/logs/today"));
    assertEquals(List.of("/volumes/a", "/volumes/a/logs/today"), rules.included());
    assertEquals(List.of("/volumes/a/logs"), rules.excluded());
    assertEquals(PathRules.Chosen.SOME, rules.of("/volumes/a"));
  }

  @Test
  void choosingAFolderForgetsTheRulesBelowIt() {
    rules.set("/volumes/a/x", true);
    rules.set("/volumes/a/y", true);
    rules.set("/volumes/a", true);
    assertEquals(List.of("/volumes/a"), rules.included());
    rules.set("/volumes/a", false);
    assertTrue(rules.isEmpty());
  }

  @Test
  void allThatIsChosenHasAFolderInCommon() {
    assertEquals("/", rules.commonFolder());
    rules.set("/volumes/a/x/1", true);
    assertEquals("/volumes/a/x", rules.commonFolder());
    rules.set("/volumes/a/xy", true);
    rules.set("/volumes/a/xy/no", false);
    assertEquals("/volumes/a", rules.commonFolder());
    rules.set("/volumes/ab", true);
    assertEquals("/volumes", rules.commonFolder());
    rules.set("/manifests", true);
    assertEquals("/", rules.commonFolder());
  }

  @Test
  void isWrittenAsTheCommandLineWritesIt() {
    assertEquals("pvc/data", Selected.volume("/volumes/data"));
    assertEquals("pvc/data:a/b.txt", Selected.volume("/volumes/data/a/b.txt"));
    assertEquals(
        "deployments.apps/shop", Selected.manifest("/manifests/apps/deployments/shop.yaml"));
    assertEquals("configmaps/app", Selected.manifest("/manifests/core/configmaps/app.yaml"));
  }
}
