package dev.backstay.app.console;

import dev.backstay.model.CancelledException;
import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InternalException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.LockedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Outcome;
import dev.backstay.model.StorageException;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.model.UnreachableException;
import dev.backstay.model.UnsupportedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns errors and outcomes into one clear sentence, a remedy and an exit code. Stack traces go to
/// the log only.
public final class Presenter {

  private static final Logger LOG = LoggerFactory.getLogger(Presenter.class);
  private static final int SHOWN = 20;
  private static final int FEW = 3;

  private final Console console;
  private final Path logs;

  /// @param logs where the log is, for the error that we did not foresee
  public Presenter(Console console, Path logs) {
    this.console = console;
    this.logs = logs;
  }

  /// Says what went wrong.
  public ExitCode present(EngineException error) {
    LOG.info("{}: {}", error.code(), error.getMessage(), error);
    if (console.readerLeft()) {
      return ExitCode.FAILED;
    }
    if (!(error instanceof CancelledException)) {
      line("Error", error.code(), String.valueOf(error.getMessage()), error.remedy());
    } else {
      console.say("Cancelled.");
    }
    return exitCode(error);
  }

  /// Says that something happened that nobody foresaw.
  public ExitCode presentUnforeseen(Throwable error) {
    LOG.error("unforeseen", error);
    console.say(
        "Error: something went wrong inside Backstay ("
            + error.getClass().getSimpleName()
            + "). The log in "
            + logs
            + " has the details; please report it.");
    return ExitCode.FAILED;
  }

  /// Says so if data did not reach its file or pipe; a reader that left has seen enough.
  ///
  /// @param code the exit code if it did
  public int written(int code) {
    console.flush();
    IOException lost = console.lost();
    if (lost == null || console.readerLeft()) {
      return code;
    }
    line(
        "Error",
        "output.lost",
        "standard output could not be written: " + lost.getMessage(),
        "make room, or write to another place");
    return ExitCode.FAILED.number();
  }

  public static ExitCode exitCode(EngineException error) {
    return switch (error) {
      case CancelledException _ -> ExitCode.CANCELLED;
      case NotFoundException _ -> ExitCode.NOT_FOUND;
      case InvalidInputException _ -> ExitCode.USAGE;
      case ConflictException _ -> ExitCode.FAILED;
      case DamagedException _ -> ExitCode.FAILED;
      case ForbiddenException _ -> ExitCode.FAILED;
      case InternalException _ -> ExitCode.FAILED;
      case LockedException _ -> ExitCode.FAILED;
      case StorageException _ -> ExitCode.FAILED;
      case TimedOutException _ -> ExitCode.FAILED;
      case UnauthenticatedException _ -> ExitCode.FAILED;
      case UnreachableException _ -> ExitCode.FAILED;
      case UnsupportedException _ -> ExitCode.FAILED;
    };
  }

  /// Says how a job ended.
  public ExitCode present(Outcome outcome) {
    items("Warning", outcome.warnings());
    return switch (outcome) {
      case Outcome.Completed _ -> ExitCode.DONE;
      case Outcome.PartiallyFailed partial -> {
        items("Failed", partial.failures());
        console.say("Partially failed: " + partial.failures().size() + " items are missing.");
        yield ExitCode.PARTIAL;
      }
      case Outcome.Failed failed -> present(failed.error());
      case Outcome.Cancelled _ -> {
        console.say("Cancelled; temporary objects are removed.");
        yield ExitCode.CANCELLED;
      }
    };
  }

  /// Says something about single items; a long list is cut, the JSON output has all.
  public void items(String label, List<ItemFailure> items) {
    Map<Boolean, List<ItemFailure>> byRight =
        items.stream()
            .collect(Collectors.partitioningBy(i -> i.code().equals(ForbiddenException.NO_RIGHT)));
    List<ItemFailure> forbidden = Objects.requireNonNull(byRight.get(true));
    if (forbidden.size() > FEW) {
      forbidden(label, forbidden);
      each(label, Objects.requireNonNull(byRight.get(false)));
    } else {
      each(label, items);
    }
  }

  /// Who may see one namespace only is told so once, and not kind by kind.
  private void forbidden(String label, List<ItemFailure> items) {
    String names = items.stream().map(ItemFailure::item).collect(Collectors.joining(", "));
    line(
        label,
        ForbiddenException.NO_RIGHT,
        "you may not read " + names,
        "ask for a role with the verbs get and list on what you need of these");
  }

  private void each(String label, List<ItemFailure> items) {
    items.stream()
        .limit(SHOWN)
        .forEach(i -> line(label, i.code(), i.item() + ": " + i.message(), i.remedy()));
    if (items.size() > SHOWN) {
      console.say(label + ": and " + (items.size() - SHOWN) + " more; '-o json' lists them all.");
    }
  }

  private void line(String label, String code, String message, String remedy) {
    console.say(label + ": " + sentence(message) + " [" + code + "]");
    if (!remedy.isBlank()) {
      console.say("  " + sentence(remedy));
    }
  }

  private static String sentence(String text) {
    if (text.isEmpty()) {
      return text;
    }
    String last = text.substring(text.length() - 1);
    return ".!?".contains(last) ? text : text + ".";
  }
}
