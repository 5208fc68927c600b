package dev.backstay.ui.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.repository.CheckInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which repair a check's findings lead to.
final class RepairAdviceTest {

  private static final String PACK = "data/" + "a1".repeat(32);

  private static ItemFailure found(String item, String code) {
    return new ItemFailure(item, "repository." + code, "", "");
  }

  private static RepairAdvice advice(List<ItemFailure> damage, List<ItemFailure> hints) {
    return RepairAdvice.of(new CheckInfo(damage.isEmpty(), 1, 1, 1, 1, 0, damage, hints));
  }

  private static @Nullable Repair next(ItemFailure... damage) {
    return advice(List.of(damage), List.of()).next();
  }

  @Test
  void whatIsSoundNeedsNone() {
    assertNull(RepairAdvice.of(null).next());
    assertNull(advice(List.of(), List.of(found(PACK, "pack-unindexed"))).next());
  }

  @Test
  void theIndexComesFirst() {
    assertEquals(
        Repair.INDEX, next(found("index/1", "index-damaged"), found("tree 1", "tree-damaged")));
    assertEquals(Repair.INDEX, next(found(PACK, "pack-missing")));
    assertEquals(Repair.INDEX, next(found(PACK, "pack-size")));
    assertEquals(
        Repair.INDEX,
        advice(
                List.of(found("data blob 1", "blob-missing")),
                List.of(found(PACK, "pack-unindexed")))
            .next());
  }

  @Test
  void damagedPacksAreNamed() {
    RepairAdvice advice =
        advice(List.of(found(PACK, "pack-damaged"), found(PACK, "tree-damaged")), List.of());
    assertEquals(Repair.PACKS, advice.next());
    assertEquals(List.of(PACK.substring(5)), advice.packs());
    assertEquals(
        Repair.PACKS,
        next(found(PACK, "pack-damaged"), found(PACK, "pack-size")),
        "a size that damage explains is nothing of the index");
  }

  /// The index has been repaired and what is lost stays lost: to repair it again would not help.
  @Test
  void whatIsLostIsLeftToTheSnapshots() {
    assertEquals(Repair.SNAPSHOTS, next(found("data blob 1", "blob-missing")));
    assertEquals(Repair.SNAPSHOTS, next(found("tree 1", "tree-damaged")));
    assertEquals(Repair.SNAPSHOTS, next(found("snapshots/1", "snapshot-damaged")));
  }

  @Test
  void keysAndLocksHavePlacesOfTheirOwn() {
    RepairAdvice advice =
        advice(
            List.of(found("keys/1", "key-damaged")), List.of(found("locks/1", "lock-unreadable")));
    assertNull(advice.next());
    assertTrue(advice.keys());
    assertTrue(advice.locks());
  }
}
