package dev.backstay.ui.window;

import dev.backstay.model.CancelToken;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.Secret;
import dev.backstay.model.UnsupportedException;
import dev.backstay.ui.Surroundings;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.lock.ContextMark;
import dev.backstay.workflow.maintenance.UsageInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A program around the window that keeps passwords in memory.
public final class TestSurroundings implements Surroundings {

  static final String SECRET = "hunter2";

  final List<ContextMark> marks = new CopyOnWriteArrayList<>();
  final Map<String, String> keychain = new ConcurrentHashMap<>();

  /// Whether the keychain takes nothing.
  volatile boolean refusing;

  private final Path folder;
  private final @Nullable String repository;
  @Nullable DemoCluster demo;

  public TestSurroundings(Path folder, @Nullable String repository) {
    this.folder = folder;
    this.repository = repository;
  }

  @Override
  public String version() {
    return "0.1.0-TEST";
  }

  @Override
  public Map<String, Path> folders() {
    return Map.of("data", folder.resolve("data"), "logs", folder.resolve("logs"));
  }

  @Override
  public Optional<String> repository() {
    return Optional.ofNullable(repository);
  }

  @Override
  public Optional<Secret> password(String location) {
    return Optional.ofNullable(keychain.get(location)).map(Secret::of);
  }

  @Override
  public boolean keychain() {
    return true;
  }

  @Override
  public boolean keepsPassword(String location) {
    return keychain.containsKey(location);
  }

  @Override
  public void keepPassword(String location, Secret password) {
    if (refusing) {
      throw new UnsupportedException(
          "keychain.locked", "the keychain is locked", "unlock it, then open the repository again");
    }
    keychain.put(location, new String(password.utf8(), java.nio.charset.StandardCharsets.UTF_8));
  }

  @Override
  public void forgetPassword(String location) {
    keychain.remove(location);
  }

  @Override
  public void saveComparison(
      RepositorySession repository,
      RestorePoint before,
      RestorePoint after,
      String path,
      Path file,
      CancelToken cancel) {
    write(file, before.shortId() + " → " + after.shortId() + " " + path);
  }

  @Override
  public void saveComparison(
      RepositorySession repository,
      RestorePoint before,
      ClusterSession live,
      String path,
      Path file,
      CancelToken cancel) {
    write(file, before.shortId() + " → " + live.context() + " " + path);
  }

  /// Which document was asked for; the program's own tests are about what stands in it.
  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How much; the program's own tests are about the rest of the document.
  @Override
  public String document(UsageInfo usage) {
    return "{\"stored\": " + usage.total().stored() + "}";
  }

  @Override
  public void mark(ContextMark mark) {
    marks.removeIf(one -> one.context().equals(mark.context()));
    marks.add(mark);
  }

  @Override
  public String redact(String text) {
    return text.replace(SECRET, "•••");
  }

  @Override
  public List<String> logTail(int lines) {
    return List.of("a line of the log with " + SECRET);
  }

  @Override
  public @Nullable DemoCluster demo() {
    return demo;
  }
}
