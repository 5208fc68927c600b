package dev.backstay.cluster.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {

  private long nanos = Long.MAX_VALUE - Duration.ofSeconds(50).toNanos(); // a clock may overflow
  private final Silence silence = new Silence(() -> nanos);
  private int asked;
  private boolean answers;

  private void pass(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  private boolean still() {
    return silence.still(this::ask);
  }

  private boolean ask() {
    asked++;
    long begun = silence.now();
    if (answers) {
      silence.heard();
    } else {
      pass(10);
      silence.unanswered(begun);
    }
    return answers;
  }

  private void givenUp(int seconds) {
    long begun = silence.now();
    pass(seconds);
    silence.unanswered(begun);
  }

  @Test
  void oneSlowAnswerIsNoSilence() {
    givenUp(30);
    assertTrue(silence.late());
    assertFalse(still());
    assertEquals(0, asked);
  }

  @Test
  void manyAtOnceAreOneBadMoment() {
    long begun = silence.now();
    pass(30);
    for (int i = 0; i < 5; i++) {
      silence.unanswered(begun);
      pass(1);
    }
    assertFalse(still());
  }

  @Test
  void anAnswerInBetweenEndsIt() {
    givenUp(30);
    silence.heard();
    givenUp(30);
    assertFalse(still());
    givenUp(30);
    assertTrue(still());
    silence.heard();
    assertFalse(silence.late());
    assertFalse(still());
  }

  @Test
  void oneAfterTheOtherIsSilence() {
    givenUp(30);
    givenUp(10);
    assertTrue(still());
    assertEquals(0, asked, "it has just been asked");
  }

  @Test
  void aSilentServerIsAskedAgainNowAndThen() {
    givenUp(30);
    givenUp(10);
    pass(10);
    assertTrue(still());
    assertTrue(still());
    assertEquals(1, asked);
    pass(10);
    answers = true;
    assertFalse(still());
    assertFalse(still());
    assertEquals(2, asked);
  }
}
