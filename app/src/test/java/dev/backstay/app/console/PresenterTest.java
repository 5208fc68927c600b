package dev.backstay.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.model.ConflictException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenterTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Presenter presenter =
      new Presenter(
          new Console(
              new ByteArrayInputStream(new byte[0]),
              new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
              new PrintStream(err, false, StandardCharsets.UTF_8),
              Terminal.none(),
              new Redactor()),
          Path.of("logs"));

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void oneSentenceAndARemedy() {
    presenter.present(new ConflictException("a.b", "the thing exists", "choose another name"));
    assertEquals("Error: the thing exists. [a.b]\n  choose another name.\n", said());
  }

  @Test
  void exitCodes() {
    assertEquals(
        ExitCode.NOT_FOUND, Presenter.exitCode(new NotFoundException("a.b", "not there", "")));
    assertEquals(ExitCode.USAGE, Presenter.exitCode(new InvalidInputException("a.b", "wrong", "")));
    assertEquals(ExitCode.FAILED, Presenter.exitCode(new ConflictException("a.b", "no", "")));
    assertEquals(ExitCode.DONE, presenter.present(new Outcome.Completed(null, List.of())));
    assertEquals(
        ExitCode.PARTIAL,
        presenter.present(
            new Outcome.PartiallyFailed(
                "x", List.of(new ItemFailure("i", "a.b", "gone", "")), List.of())));
    assertEquals(ExitCode.CANCELLED, presenter.present(new Outcome.Cancelled(List.of())));
  }

  @Test
  void theUnforeseenShowsNoStackTrace() {
    assertEquals(ExitCode.FAILED, presenter.presentUnforeseen(new IllegalStateException("boo")));
    assertEquals(1, said().lines().count());
  }
}
