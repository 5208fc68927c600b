package dev.backstay.workflow.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CommaListTest {

  @Property
  void whatIsJoinedComesApartAgain(
      @ForAll
          List<@StringLength(min = 1, max = 6) @CharRange(from = '+', to = '\\') String> entries) {
    assertEquals(entries, CommaList.split(CommaList.join(entries)));
  }

  @Test
  void aFileWithACommaInItsNameIsOneEntry() {
    List<String> only = List.of("pvc/uploads:a,b.txt", "configmap/app");
    JobSpec spec =
        new JobSpec(
            JobKind.RESTORE,
            "sandbox",
            "id",
            "copy",
            "/backups",
            Map.of(
                "point",
                "4f1c",
                "only",
                CommaList.join(only),
                "classes",
                "{a=b, c=d}",
                "volumes",
                "MERGE",
                "of",
                "id/shop"));
    RestoreRequest again = RestoreRequest.repeating(spec);
    assertEquals(only, again.only());
    assertEquals("4f1c", again.point());
    assertEquals("copy", again.namespace());
    assertEquals(Map.of("a", "b", "c", "d"), again.classMap());
    assertEquals(ExistingVolumes.MERGE, again.volumes());
    assertEquals(ExistingObjects.SKIP, again.existing());
  }
}
