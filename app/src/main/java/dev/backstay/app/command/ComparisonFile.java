package dev.backstay.app.command;

import dev.backstay.app.console.Console;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.app.window.ProgramSurroundings;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.StorageException;
import dev.backstay.workflow.browse.ManifestView;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Writes what `backstay diff BEFORE AFTER PATH -o json` prints into a file, or with `--live` in
/// place of AFTER.
final class ComparisonFile implements ProgramSurroundings.Comparisons {

  private final Console console;

  ComparisonFile(Console console) {
    this.console = console;
  }

  @Override
  public void save(
      RepositorySession session,
      RestorePoint before,
      RestorePoint after,
      String path,
      Path file,
      CancelToken cancel) {
    write(
        file,
        listing -> {
          PointDiff diff = new PointDiff(session, before, after, ManifestView.QUIET, listing);
          diff.run(path, cancel);
          listing.end(diff.head(path), List.of());
        });
  }

  @Override
  public void save(
      RepositorySession session,
      RestorePoint before,
      ClusterSession live,
      String path,
      Path file,
      CancelToken cancel) {
    write(
        file,
        listing -> {
          LiveDiff diff = new LiveDiff(session, before, live, ManifestView.QUIET, listing);
          List<ItemFailure> failures = diff.run(path, cancel);
          listing.end(diff.head(path), failures);
        });
  }

  private void write(Path file, Consumer<ChangeListing> document) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(json, false, StandardCharsets.UTF_8)) {
      Printer printer = new Printer(console.into(out), OutputFormat.JSON);
      document.accept(new ChangeListing(console.into(out), printer));
    }
    try {
      Files.write(file, json.toByteArray());
    } catch (IOException e) {
      throw new StorageException(
          "comparison.not-written",
          file + " cannot be written: " + e.getMessage(),
          "choose another place",
          e);
    }
  }
}
