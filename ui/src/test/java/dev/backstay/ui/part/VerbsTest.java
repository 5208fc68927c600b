package dev.backstay.ui.part;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerbsTest {

  @Test
  void whatOneVerbLacksInOnePlaceIsOneLine() {
    assertEquals(
        List.of(
            "list secrets, jobs.batch",
            "create pods, pods/exec in namespace shop",
            "list pods in namespace shop",
            "odd"),
        Verbs.lines(
            List.of(
                "list secrets",
                "create pods in namespace shop",
                "list jobs.batch",
                "list pods in namespace shop",
                "create pods/exec in namespace shop",
                "list secrets",
                "odd")));
  }
}
