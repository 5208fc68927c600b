package dev.backstay.workflow.backup;

import dev.backstay.model.FileEntry;
import dev.backstay.model.FileEntry.FileType;
import dev.backstay.model.ItemFailure;
import dev.backstay.repository.FileContent;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.tree.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts what a volume's back-up meets. Used by one thread.
final class Tally {

  private long entries;
  private long bytes;
  private long bytesRead;
  private long files;
  private long folders;
  private long filesNew;
  private long foldersNew;
  private long unchanged;

  void met(FileEntry entry, @Nullable Node before) {
    entries++;
    if (entry.type() == FileType.FOLDER) {
      folders++;
      foldersNew += before == null ? 1 : 0;
    } else {
      files++;
      filesNew += before == null ? 1 : 0;
      bytes += entry.type() == FileType.FILE ? entry.size() : 0;
    }
  }

  void unchanged() {
    unchanged++;
  }

  void read(FileContent content) {
    bytesRead += content.size();
  }

  VolumeResult result(String pvc, List<ItemFailure> failures) {
    long filesChanged = Math.max(0, files - filesNew - unchanged);
    FileCounts counts =
        new FileCounts(
            filesNew, filesChanged, unchanged, foldersNew, 0, folders - foldersNew, bytes);
    return new VolumeResult(pvc, entries, counts, bytesRead, List.copyOf(failures));
  }
}
