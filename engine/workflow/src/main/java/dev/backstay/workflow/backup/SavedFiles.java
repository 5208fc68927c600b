package dev.backstay.workflow.backup;

import dev.backstay.model.FileEntry;
import dev.backstay.model.FilePath;
import dev.backstay.model.StorageException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.blob.BlobId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which files of a volume a job has saved already, kept beside the journal so that the run that takes
/// up a killed one does not send them again. One line per finished file, and one per piece of a big one:
///
///     <path, base64> <size> <mtime seconds> <mtime nanos> <blob ids, comma separated>
///
/// Lines of one file follow each other's content. Nothing here is synced or trusted: a line counts only
/// if the repository knows its blobs, and a torn last line is passed over. Used by one thread.
final class SavedFiles implements AutoCloseable {

  /// How much of a file there is.
  ///
  /// @param blobs its content from the beginning
  /// @param bytes how many bytes they are
  record Saved(List<BlobId> blobs, long bytes) {
    static final Saved NOTHING = new Saved(List.of(), 0);
  }

  private final Writer out;
  private final Map<String, List<BlobId>> found;
  private final OpenRepository repository;

  private SavedFiles(Writer out, Map<String, List<BlobId>> found, OpenRepository repository) {
    this.out = out;
    this.found = found;
    this.repository = repository;
  }

  /// Opens the file of a job and a volume; made if absent.
  static SavedFiles open(Path file, OpenRepository repository) {
    try {
      Map<String, List<BlobId>> found = Files.exists(file) ? read(file) : new HashMap<>();
      Files.createDirectories(file.getParent());
      Writer out =
          Files.newBufferedWriter(
              file,
              StandardCharsets.US_ASCII,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
      out.write('\n'); // ends a line that a killed process tore
      return new SavedFiles(out, found, repository);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static Map<String, List<BlobId>> read(Path file) throws IOException {
    Map<String, List<BlobId>> found = new HashMap<>();
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int end = line.lastIndexOf(' ');
        if (end > 0 && line.endsWith(",")) {
          List<BlobId> blobs =
              found.computeIfAbsent(line.substring(0, end), k -> new ArrayList<>());
          for (String id : line.substring(end + 1, line.length() - 1).split(",", -1)) {
            blobs.add(BlobId.parse(id));
          }
        }
      }
    }
    return found;
  }

  /// What a former run saved of this very file, as far as the repository still knows it.
  Saved find(FileEntry entry) {
    List<BlobId> blobs = found.get(key(entry));
    if (blobs == null) {
      return Saved.NOTHING;
    }
    long bytes = 0;
    for (int i = 0; i < blobs.size(); i++) {
      if (!repository.knows(blobs.get(i))) {
        return new Saved(List.copyOf(blobs.subList(0, i)), bytes);
      }
      bytes += repository.sizeOf(blobs.get(i));
    }
    return new Saved(List.copyOf(blobs), bytes);
  }

  /// Notes further content of a file.
  void add(FileEntry entry, List<BlobId> blobs) {
    if (blobs.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder(key(entry)).append(' ');
    blobs.forEach(id -> line.append(id.hex()).append(','));
    try {
      out.write(line.append('\n').toString());
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(FileEntry entry) {
    FilePath path = entry.path();
    return Base64.getEncoder().encodeToString(path.bytes())
        + ' '
        + entry.size()
        + ' '
        + entry.modified().seconds()
        + ' '
        + entry.modified().nanos();
  }

  private static StorageException cannotWrite(Path file, IOException e) {
    return new StorageException(
        "backup.progress-file",
        "cannot write " + file + ": " + e.getMessage(),
        "free space there, or set BACKSTAY_HOME to another folder",
        e);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
