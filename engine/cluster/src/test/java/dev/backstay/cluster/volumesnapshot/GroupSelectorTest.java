package dev.backstay.cluster.volumesnapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupSelectorTest {

  private static final Map<String, Map<String, String>> PVCS =
      Map.of(
          "data", Map.of("app", "shop", "tier", "db", "pvc", "data"),
          "log", Map.of("app", "shop", "tier", "db", "pvc", "log"),
          "uploads", Map.of("app", "shop", "tier", "files"),
          "bare", Map.of());

  private static Optional<String> fitting(String... chosen) {
    return GroupSelector.fitting(PVCS, Set.of(chosen)).map(GroupSelector::toString);
  }

  @Test
  void whatTheChosenOnesShareSelectsThem() {
    assertEquals(Optional.of("app=shop,tier=db"), fitting("data", "log"));
    assertEquals(Optional.of("app=shop"), fitting("data", "log", "uploads"));
  }

  @Test
  void labelsThatAnotherPvcHasTooDoNotFit() {
    assertEquals(Optional.empty(), fitting("data", "uploads"));
  }

  @Test
  void withoutACommonLabelThereIsNoSelectorEvenForAllOfThem() {
    assertEquals(Optional.empty(), fitting("data", "log", "uploads", "bare"));
    assertEquals(Optional.empty(), fitting("bare"));
  }

  @Test
  void itIsWrittenWithoutExpressions() {
    assertEquals(
        "{\"matchLabels\":{\"app\":\"shop\"}}",
        GroupSelector.of("app", "shop").toJson().toString());
  }
}
