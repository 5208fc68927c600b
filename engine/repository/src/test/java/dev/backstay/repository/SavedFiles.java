package dev.backstay.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// A repository with some files and what they hold.
final class SavedFiles implements AutoCloseable {

  static final CancelToken CANCEL = new CancelToken();

  private final List<byte[]> contents = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final OpenRepository repository;

  SavedFiles(ObjectStore store, Iterable<byte[]> files) {
    repository =
        Repository.init(
            store, Secret.of("x"), RepositorySettings.ofThisMachine().withScryptCost(10));
    try (RepositoryWriter writer = repository.writer()) {
      for (byte[] bytes : files) {
        List<BlobId> blobs =
            writer.saveFile(new ByteArrayInputStream(bytes), CANCEL, Meter.NONE).blobs();
        nodes.add(Node.file("f" + nodes.size(), NodeTime.EPOCH).withContent(blobs, bytes.length));
        contents.add(bytes);
      }
      writer.flush();
    }
  }

  OpenRepository repository() {
    return repository;
  }

  byte[] content(int file) {
    return contents.get(file);
  }

  Node node(int file) {
    return nodes.get(file);
  }

  byte[] read(int file) {
    return read(file, 0, Long.MAX_VALUE);
  }

  byte[] read(int file, long offset, long length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    repository.read(nodes.get(file), offset, length, out, CANCEL);
    return out.toByteArray();
  }

  void isRight(int file) {
    assertArrayEquals(contents.get(file), read(file));
  }

  @Override
  public void close() {
    repository.close();
  }
}
