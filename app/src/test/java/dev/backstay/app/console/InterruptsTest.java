package dev.backstay.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptsTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> events = new ArrayList<>();
  private final Interrupts interrupts =
      new Interrupts(
          new Console(
              new ByteArrayInputStream(new byte[0]),
              new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
              new PrintStream(err, false, StandardCharsets.UTF_8),
              Terminal.none(),
              new Redactor()),
          status -> events.add("exit " + status),
          status -> events.add("halt " + status));

  @Test
  void withNothingToCancelTheProcessEnds() {
    interrupts.interrupted();
    assertEquals(List.of("exit 5"), events);
  }

  @Test
  void theFirstCancelsAndTheSecondSaysWhatIsLeft() {
    try (Interrupts.Guard _ = interrupts.guard(() -> events.add("cancel"), () -> "pod x stays")) {
      interrupts.interrupted();
      assertEquals(List.of("cancel"), events);
      interrupts.interrupted();
    }
    assertEquals(List.of("cancel", "halt 5"), events);
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("pod x stays"));
  }
}
