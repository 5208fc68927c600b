package dev.backstay.repository.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;

/// Headers of packs, opened.
class PackHeaderFuzzTest {

  @FuzzTest
  void decodes(byte[] data) {
    Optional<List<PackEntry>> entries = PackHeader.decode(data, data.length);
    if (entries.isPresent()) {
      long next = 0;
      for (PackEntry entry : entries.get()) {
        assertEquals(next, entry.offset());
        assertTrue(entry.length() > 0 && entry.plainLength() >= 0, entry::toString);
        next += entry.length();
      }
      byte[] written = PackHeader.encode(entries.get());
      assertEquals(entries, PackHeader.decode(written, written.length));
    }
  }
}
