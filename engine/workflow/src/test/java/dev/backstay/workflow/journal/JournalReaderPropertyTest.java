package dev.backstay.workflow.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobKind;
import dev.backstay.workflow.job.JobSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// A journal cut at any byte says what its whole lines say, and never fails to be read.
class JournalReaderPropertyTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.5Z");
  private static final JournalOwner OWNER = new JournalOwner(7, 8, "höst", "installation");
  private static final Entry.Begun BEGUN =
      new Entry.Begun(
          NOON,
          new JobId("abcdefghijkl"),
          new JobSpec(
              JobKind.RESTORE, null, "c", "n\n\"\u202e", null, Map.of("k", "v", "", "\u0000")),
          OWNER);

  @Provide
  Arbitrary<Entry> entries() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(12);
    Arbitrary<String> path = Arbitraries.of("/a", "/b", "/c", "/d\n");
    ItemFailure item = new ItemFailure("i", "c", "m\n", "r");
    return Arbitraries.oneOf(
        text.map(t -> new Entry.Step(NOON, t)),
        path.map(p -> new Entry.Creating(NOON, p)),
        path.map(p -> new Entry.Removed(NOON, p)),
        text.map(t -> new Entry.Note(NOON, t, t + t)),
        Arbitraries.just(new Entry.TakenUp(NOON, OWNER)),
        Arbitraries.of("COMPLETED", "FAILED")
            .map(o ->
                new Entry.Ended(NOON, new JournalEnd(o, "p", item, List.of(item), List.of()))));
  }

  @Provide
  Arbitrary<List<Entry>> journals() {
    return entries().list().ofMaxSize(20);
  }

  @Property
  void everyEntryIsReadAsItWasWritten(@ForAll("entries") Entry entry) {
    String line = EntryFormat.write(entry);
    assertTrue(!line.contains("\n"));
    assertEquals(Optional.of(entry), EntryFormat.read(line));
    assertEquals(Optional.of(BEGUN), EntryFormat.read(EntryFormat.write(BEGUN)));
  }

  @Property
  void cutAnywhere(@ForAll("journals") List<Entry> entries, @ForAll("fractions") double fraction) {
    byte[] whole = bytes(entries);
    byte[] cut = Arrays.copyOf(whole, (int) (whole.length * fraction));
    JournalReader.Content content = JournalReader.parse(cut);
    int lines =
        (int) new String(cut, StandardCharsets.ISO_8859_1).chars().filter(c -> c == '\n').count();
    assertEquals(lines > 0, content.state().isPresent());
    assertTrue(content.length() <= cut.length);
    if (lines > 0) {
      JournalState expected = new JournalState(BEGUN);
      entries.subList(0, lines - 1).forEach(expected::apply);
      assertEquals(expected.view(false), content.state().orElseThrow().view(false));
    }
  }

  /// Appending after a cut goes on from the last whole line.
  @Property
  void goesOnAfterACut(
      @ForAll("journals") List<Entry> entries,
      @ForAll("entries") Entry next,
      @ForAll("fractions") double fraction) {
    byte[] whole = bytes(entries);
    byte[] cut = Arrays.copyOf(whole, (int) (whole.length * fraction));
    JournalReader.Content content = JournalReader.parse(cut);
    if (content.state().isPresent()) {
      byte[] line = (EntryFormat.write(next) + "\n").getBytes(StandardCharsets.UTF_8);
      byte[] longer = Arrays.copyOf(cut, (int) content.length() + line.length);
      System.arraycopy(line, 0, longer, (int) content.length(), line.length);
      JournalState expected = content.state().get();
      expected.apply(next);
      assertEquals(
          expected.view(true), JournalReader.parse(longer).state().orElseThrow().view(true));
    }
  }

  @Property
  void overwrittenBytesDoNotStopTheReader(
      @ForAll("journals") List<Entry> entries,
      @ForAll("fractions") double fraction,
      @ForAll byte value) {
    byte[] bytes = bytes(entries);
    bytes[(int) (fraction * (bytes.length - 1))] = value;
    JournalReader.Content content = JournalReader.parse(bytes);
    assertTrue(content.length() <= bytes.length);
  }

  @Property
  void anyBytesDoNotStopTheReader(@ForAll byte[] bytes) {
    assertTrue(JournalReader.parse(bytes).state().isEmpty());
  }

  @Provide
  Arbitrary<Double> fractions() {
    return Arbitraries.doubles().between(0, 1);
  }

  private static byte[] bytes(List<Entry> entries) {
    StringBuilder text = new StringBuilder(EntryFormat.write(BEGUN)).append('\n');
    entries.forEach(entry -> text.append(EntryFormat.write(entry)).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
