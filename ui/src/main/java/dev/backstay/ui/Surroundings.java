package dev.backstay.ui;

import dev.backstay.model.CancelToken;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.Secret;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.lock.ContextMark;
import dev.backstay.workflow.maintenance.UsageInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the window knows of the program and the machine that it runs in; the program implements it.
/// Every call may wait, so none is made on the FX thread, but for [#version()] and [#folders()].
public interface Surroundings {

  /// The program's version.
  String version();

  /// The folders of this installation, by what they hold: `settings`, `data`, `state`, `cache`,
  /// `logs`.
  Map<String, Path> folders();

  /// The repository that is named by an option, the environment or the settings file.
  Optional<String> repository();

  /// The password of a repository, if it can be had without asking: the environment, the settings
  /// file, the keychain.
  Optional<Secret> password(String repository);

  /// Whether there is a keychain in this session.
  boolean keychain();

  /// Whether the keychain has a password of a repository.
  boolean keepsPassword(String repository);

  /// Keeps a password in the keychain.
  ///
  /// @throws dev.backstay.model.EngineException if there is none
  void keepPassword(String repository, Secret password);

  /// Takes a password out of the keychain, if it is there.
  void forgetPassword(String repository);

  /// Writes what differs between two restore points as the document that the command line prints.
  ///
  /// @throws dev.backstay.model.EngineException if it cannot be read or written
  void saveComparison(
      RepositorySession repository,
      RestorePoint before,
      RestorePoint after,
      String path,
      Path file,
      CancelToken cancel);

  /// Writes what became of a restore point's manifests in the cluster as the document that the
  /// command line prints.
  ///
  /// @throws dev.backstay.model.EngineException if it cannot be read or written
  void saveComparison(
      RepositorySession repository,
      RestorePoint before,
      ClusterSession live,
      String path,
      Path file,
      CancelToken cancel);

  /// How much a repository holds as the document that the command line prints.
  String document(UsageInfo usage);

  /// Declares what a context is, for the window and the command line.
  ///
  /// @throws dev.backstay.model.EngineException if that cannot be kept
  void mark(ContextMark mark);

  /// Hides what looks like a secret.
  String redact(String text);

  /// The last lines of the log, redacted.
  List<String> logTail(int lines);

  /// The demo that this window shows, null unless it is one.
  @Nullable DemoCluster demo();

  /// What the guided minute does to the demo cluster, as somebody else would. May wait.
  interface DemoCluster {

    String context();

    String namespace();

    String pvc();

    /// The file that gets lost, relative to the volume's root.
    String file();

    /// Somebody deletes the file.
    void loseFile();

    /// Whether the file is there.
    boolean hasFile();
  }
}
