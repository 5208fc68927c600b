package dev.backstay.cluster.mover;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.FileEntry;
import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.UnreachableException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Reads the files of a volume through a [Mover]. Used by one thread.
public final class FilesOut {

  /// The code of the error for a server that neither speaks nor answers: there is no use in another
  /// pod.
  public static final String SILENT = "mover.silent";

  /// Fewer than one `xargs -s 1000000` takes, so that each request is one archive.
  private static final int BATCH_NAMES = 500_000;

  private static final int BATCH_FILES = 4_000;
  private static final int TRIES = 5;

  private final Mover mover;
  private final String volume;

  /// @param volume the PVC's name, for messages
  public FilesOut(Mover mover, String volume) {
    this.mover = mover;
    this.volume = volume;
  }

  /// Lists everything, the root included, in no order.
  ///
  /// @return what could not be listed
  public List<ItemFailure> list(CancelToken cancel, Consumer<FileEntry> entries) {
    String nonce = mover.nonce();
    try (InputStream in = mover.listing(cancel, nonce)) {
      List<ItemFailure> failures = new ArrayList<>();
      boolean complete =
          new Listing(in, nonce).read(entries, folder -> failures.add(unreadable(folder)));
      return complete || !failures.isEmpty() ? failures : List.of(incomplete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ItemFailure unreadable(FilePath folder) {
    return new ItemFailure(
        "volumes/" + volume + "/" + folder,
        "volume.folder-unreadable",
        "what is in the folder may not be listed by the user that reads the volume",
        "let the volume be read by a mover pod as root, or as the folder's owner");
  }

  private ItemFailure incomplete() {
    return new ItemFailure(
        "volumes/" + volume,
        "volume.listing-incomplete",
        "some entries of volume "
            + volume
            + " could not be listed (a path over 4,096 bytes, or one that may not be read)",
        "compare the volume with the restore point");
  }

  /// Reads whole files and hands each to the sink. A stream that is cut is taken up again where it
  /// stopped: the file that was under way is begun anew if it is small, and goes on where it was if
  /// it is big.
  ///
  /// @return the files that could not be read; they were not handed over, or not to their end
  public List<ItemFailure> read(List<FileEntry> files, FileSink sink, CancelToken cancel) {
    List<ItemFailure> failures = new ArrayList<>();
    Deque<FileEntry> left = new ArrayDeque<>(files);
    while (!left.isEmpty()) {
      cancel.checkpoint();
      readBatch(batch(left), sink, cancel, failures);
    }
    return failures;
  }

  private static List<FileEntry> batch(Deque<FileEntry> left) {
    List<FileEntry> batch = new ArrayList<>();
    int names = 0;
    while (!left.isEmpty() && batch.size() < BATCH_FILES && names < BATCH_NAMES) {
      FileEntry file = left.removeFirst();
      names += file.path().length() + 3;
      batch.add(file);
    }
    return batch;
  }

  private void readBatch(
      List<FileEntry> batch, FileSink sink, CancelToken cancel, List<ItemFailure> failures) {
    Deque<FileEntry> left = new ArrayDeque<>(batch);
    for (int failed = 0; !left.isEmpty(); ) {
      int before = left.size();
      try {
        readArchive(left, sink, cancel);
        left.forEach(file -> failures.add(gone(file)));
        return;
      } catch (UnreachableException e) {
        cancel.checkpoint();
        failed = left.size() < before ? 1 : failed + 1;
        if (failed >= tries(e)) {
          throw e;
        }
        pause(failed, cancel);
      }
    }
  }

  /// Silence takes half a minute each time: once more is enough to tell it from a short outage.
  private static int tries(Exception cause) {
    return cause instanceof EngineException known && known.code().equals(SILENT) ? 2 : TRIES;
  }

  /// The first try comes at once. A network that comes back after the machine slept, or a VPN,
  /// takes some seconds: 1, 3 and 6 s before the next ones.
  private static void pause(int failed, CancelToken cancel) {
    CountDownLatch cancelled = new CountDownLatch(1);
    try (var _ = cancel.onCancel(cancelled::countDown)) {
      var _ = cancelled.await(failed * (failed - 1) / 2 * 1000L, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cancel.checkpoint();
  }

  /// Reads one archive of the files that are left, and takes each off that was read. What the
  /// archive does not hold is put back at the end: it vanished.
  private void readArchive(Deque<FileEntry> left, FileSink sink, CancelToken cancel) {
    List<FileEntry> missing = new ArrayList<>();
    try (MoverOutput output = mover.open(cancel, "read", names(left), "");
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new BufferedInputStream(output.stream(), 64 << 10), "ISO-8859-1")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        FilePath path = path(entry);
        while (!left.isEmpty() && !left.getFirst().path().equals(path)) {
          missing.add(left.removeFirst());
        }
        if (!left.isEmpty()) {
          handOver(left, entry, tar, sink, cancel);
        }
      }
      output.stream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      left.addAll(missing);
      throw new UnreachableException(
          "mover.cut",
          "the stream of volume " + volume + " was cut: " + e.getMessage(),
          "run the job again",
          e);
    }
    left.addAll(missing);
  }

  private void handOver(
      Deque<FileEntry> left,
      TarArchiveEntry entry,
      InputStream tar,
      FileSink sink,
      CancelToken cancel) {
    FileEntry file = left.getFirst();
    CutOff content = new CutOff(tar, entry.getSize());
    Continued stream = new Continued(content, file, cancel);
    sink.accept(file, stream);
    left.removeFirst();
    if (stream.continued()) {
      throw new UnreachableException("mover.cut", "the stream was cut", "run the job again");
    }
  }

  /// Reads a file from an offset on.
  ///
  /// @param offset at most the file's size
  public List<ItemFailure> readFrom(
      FileEntry file, long offset, FileSink sink, CancelToken cancel) {
    sink.accept(file, new Continued(InputStream.nullInputStream(), file, cancel, offset));
    return List.of();
  }

  private static FilePath path(TarArchiveEntry entry) {
    byte[] name = entry.getName().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    int from = name.length > 1 && name[0] == '.' && name[1] == '/' ? 2 : 0;
    return FilePath.ofBytes(java.util.Arrays.copyOfRange(name, from, name.length));
  }

  private static byte[] names(Iterable<FileEntry> files) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    files.forEach(file -> name(names, file.path()));
    return names.toByteArray();
  }

  static void name(ByteArrayOutputStream names, FilePath path) {
    names.write('.');
    if (!path.isRoot()) {
      names.write('/');
      names.writeBytes(path.bytes());
    }
    names.write(0);
  }

  private ItemFailure gone(FileEntry file) {
    return new ItemFailure(
        "volumes/" + volume + "/" + file.path(),
        "volume.file-vanished",
        "the file vanished, or may not be read by the user that reads the volume",
        "it is not in the restore point; back up again, or let a mover pod read as root");
  }

  /// A file's content out of an archive: as long as its header said.
  private static final class CutOff extends InputStream {
    private final InputStream in;
    private long left;

    CutOff(InputStream in, long size) {
      this.in = in;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(into, from, (int) Math.min(length, left));
      if (count < 0) {
        throw new IOException("the archive ended within a file");
      }
      left -= count;
      return count;
    }
  }

  /// A file's content that outlives a cut stream: what is missing is asked for again from where it
  /// stopped.
  private final class Continued extends InputStream {
    private final FileEntry file;
    private final CancelToken cancel;
    private InputStream in;
    private long at;
    private boolean continued;
    private int failed;

    Continued(InputStream in, FileEntry file, CancelToken cancel) {
      this.in = in;
      this.file = file;
      this.cancel = cancel;
    }

    Continued(InputStream in, FileEntry file, CancelToken cancel, long offset) {
      this(in, file, cancel);
      this.at = offset;
      this.in = reopened(offset);
    }

    /// Whether the stream it came from is of no more use.
    boolean continued() {
      return continued;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      while (true) {
        try {
          int count = in.read(into, from, length);
          at += Math.max(0, count);
          failed = count > 0 ? 0 : failed;
          return count;
        } catch (IOException | UnreachableException e) {
          again(e);
        }
      }
    }

    private void again(Exception cause) {
      cancel.checkpoint();
      continued = true;
      failed++;
      if (failed >= tries(cause)) {
        throw cause instanceof EngineException known
            ? known
            : new UnreachableException(
                "mover.cut",
                "the stream of volume " + volume + " was cut",
                "run the job again",
                cause);
      }
      pause(failed, cancel);
      try {
        in = reopened(at);
      } catch (UnreachableException e) {
        again(e);
      }
    }

    private InputStream reopened(long offset) {
      ByteArrayOutputStream name = new ByteArrayOutputStream();
      name(name, file.path());
      return mover.open(cancel, "tail", name.toByteArray(), Long.toString(offset)).stream();
    }
  }
}
