package dev.backstay.workflow.volumesnapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Ability;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.SnapshotClassChoice;
import dev.backstay.model.StorageClassInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimClassTest {

  private static final SnapshotClassChoice NONE = new SnapshotClassChoice("", "");
  private static final Ability UNKNOWN = Ability.unknown("");
  private static final StorageClassInfo FAST = storageClass("fast", "a.csi", false);
  private static final StorageClassInfo SLOW = storageClass("slow", "a.csi", false);
  private static final StorageClassInfo OTHER = storageClass("other", "b.csi", true);

  private static StorageClassInfo storageClass(String name, String driver, boolean isDefault) {
    return new StorageClassInfo(
        name,
        driver,
        isDefault,
        "Delete",
        "Immediate",
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        NONE,
        NONE);
  }

  private static PvcInfo pvc(String storageClass) {
    return new PvcInfo(
        "shop",
        "data",
        "uid",
        "Bound",
        1,
        1,
        storageClass,
        List.of("ReadWriteOnce"),
        "Filesystem",
        "pv",
        "a.csi",
        List.of(),
        UNKNOWN,
        NONE,
        false,
        "");
  }

  private static ClaimClass choose(
      List<StorageClassInfo> classes, Optional<PvcInfo> source, String wanted) {
    return ClaimClass.choose(classes, "a.csi", source, wanted);
  }

  @Test
  void theClassOfTheSourceComesFirst() {
    assertEquals("slow", choose(List.of(FAST, SLOW), Optional.of(pvc("slow")), "").name());
  }

  @Test
  void aDefaultOfAnotherDriverDoesNotServe() {
    assertEquals("fast", choose(List.of(FAST, OTHER), Optional.empty(), "").name());
    assertEquals("fast", choose(List.of(FAST, OTHER), Optional.of(pvc("other")), "").name());
  }

  @Test
  void severalAreAQuestionForTheUser() {
    ClaimClass several = choose(List.of(FAST, SLOW), Optional.empty(), "");
    assertEquals("", several.name());
    assertTrue(several.blocker().orElseThrow().remedy().contains("fast, slow"));
  }

  @Test
  void aNamedClassMustBeOfTheDriver() {
    assertEquals("fast", choose(List.of(FAST, OTHER), Optional.empty(), "fast").name());
    assertTrue(choose(List.of(FAST, OTHER), Optional.empty(), "other").blocker().isPresent());
    assertTrue(choose(List.of(FAST, OTHER), Optional.empty(), "nix").blocker().isPresent());
  }

  @Test
  void whereClassesMayNotBeReadANameIsBelieved() {
    assertEquals("any", choose(List.of(), Optional.empty(), "any").name());
    assertEquals("gone", choose(List.of(), Optional.of(pvc("gone")), "").name());
  }
}
