package dev.backstay.app.command;

import dev.backstay.app.console.Console;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.model.CancelToken;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.StorageException;
import dev.backstay.workflow.browse.ManifestView;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes what `backstay diff BEFORE AFTER PATH -o json` prints into a file.
final class ComparisonFile {

  private final Console console;

  ComparisonFile(Console console) {
    this.console = console;
  }

  void save(
      RepositorySession session,
      RestorePoint before,
      RestorePoint after,
      String path,
      Path file,
      CancelToken cancel) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(json, false, StandardCharsets.UTF_8)) {
      Printer printer = new Printer(console.into(out), OutputFormat.JSON);
      ChangeListing listing = new ChangeListing(console.into(out), printer);
      PointDiff diff = new PointDiff(session, before, after, ManifestView.QUIET, listing);
      diff.run(path, cancel);
      listing.end(diff.head(path), List.of());
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
