package dev.backstay.app.window;

import dev.backstay.app.console.Redactor;
import dev.backstay.app.secret.SecretStore;
import dev.backstay.app.settings.Folders;
import dev.backstay.app.settings.SettingsEdit;
import dev.backstay.model.CancelToken;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.Secret;
import dev.backstay.model.UnsupportedException;
import dev.backstay.ui.Surroundings;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.lock.ContextMark;
import dev.backstay.workflow.maintenance.UsageInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program as the window sees it.
///
/// @param version the program's
/// @param installed its folders
/// @param repository the one that is named, if one is
/// @param passwords what can be had without asking
/// @param keychainStore the keychain
/// @param redactor hides secrets
/// @param comparisons writes what differs as the command line does
/// @param documents says how much a repository holds as the command line does
/// @param demo the demo that the window shows, null unless it is one
public record ProgramSurroundings(
    String version,
    Folders installed,
    Optional<String> repository,
    Function<String, Optional<Secret>> passwords,
    SecretStore keychainStore,
    Redactor redactor,
    Comparisons comparisons,
    Function<UsageInfo, String> documents,
    @Nullable DemoCluster demo)
    implements Surroundings {

  /// Writes the document of `backstay diff -o json`.
  public interface Comparisons {
    void save(
        RepositorySession session,
        RestorePoint before,
        RestorePoint after,
        String path,
        Path file,
        CancelToken cancel);

    void save(
        RepositorySession session,
        RestorePoint before,
        ClusterSession live,
        String path,
        Path file,
        CancelToken cancel);
  }

  private static final Logger LOG = LoggerFactory.getLogger(ProgramSurroundings.class);

  @Override
  public Map<String, Path> folders() {
    return new TreeMap<>(
        Map.of(
            "settings", installed.settingsFile(),
            "data", installed.data(),
            "state", installed.state(),
            "cache", installed.cache(),
            "logs", installed.logs()));
  }

  @Override
  public void saveComparison(
      RepositorySession session,
      RestorePoint before,
      RestorePoint after,
      String path,
      Path file,
      CancelToken cancel) {
    comparisons.save(session, before, after, path, file, cancel);
  }

  @Override
  public void saveComparison(
      RepositorySession session,
      RestorePoint before,
      ClusterSession live,
      String path,
      Path file,
      CancelToken cancel) {
    comparisons.save(session, before, live, path, file, cancel);
  }

  @Override
  public String document(UsageInfo usage) {
    return documents.apply(usage);
  }

  @Override
  public void mark(ContextMark mark) {
    new SettingsEdit(installed.settingsFile()).put(mark);
  }

  @Override
  public Optional<Secret> password(String place) {
    return passwords.apply(place);
  }

  @Override
  public boolean keychain() {
    return !keychainStore.equals(SecretStore.NONE);
  }

  @Override
  public boolean keepsPassword(String place) {
    Optional<Secret> kept = keychainStore.find(place);
    kept.ifPresent(Secret::close);
    return kept.isPresent();
  }

  @Override
  public void keepPassword(String place, Secret password) {
    redactor.know(password);
    keychainStore.keep(place, password);
  }

  @Override
  public void forgetPassword(String place) {
    try {
      keychainStore.remove(place);
    } catch (NotFoundException | UnsupportedException e) {
      LOG.debug("no password of {} was kept", place, e);
    }
  }

  @Override
  public String redact(String text) {
    return redactor.redact(text);
  }

  @Override
  public List<String> logTail(int lines) {
    try {
      List<String> all = Files.readAllLines(installed.logs().resolve("backstay.log"));
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of("the log cannot be read: " + e.getMessage());
    }
  }
}
