package dev.backstay.ui.clusters;

import dev.backstay.model.ClusterIdentity;
import dev.backstay.model.ContextInfo;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NamespaceInfo;
import dev.backstay.model.PvcInfo;
import dev.backstay.workflow.cluster.ClusterSession;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// One context and, once the user opened it, its session and namespaces. For the FX thread.
public final class OpenCluster {

  /// How far it is open.
  public enum Standing {
    CLOSED,
    CONNECTING,
    OPEN,
    FAILED
  }

  /// What a session answered first.
  ///
  /// @param session the open session
  /// @param identity which cluster
  /// @param version the API server's
  public record Opened(ClusterSession session, ClusterIdentity identity, String version) {}

  private final ContextKey key;
  private ContextInfo info;
  private final ObjectProperty<Standing> standing = new SimpleObjectProperty<>(Standing.CLOSED);
  private final ObservableList<NamespaceInfo> namespaces = FXCollections.observableArrayList();
  private final ObservableList<ItemFailure> warnings = FXCollections.observableArrayList();
  private final ObservableList<PvcInfo> pvcs = FXCollections.observableArrayList();
  private @Nullable Opened opened;
  private @Nullable EngineException error;

  OpenCluster(ContextKey key, ContextInfo info) {
    this.key = key;
    this.info = info;
  }

  public ContextKey key() {
    return key;
  }

  public ContextInfo info() {
    return info;
  }

  public ReadOnlyObjectProperty<Standing> standingProperty() {
    return standing;
  }

  public Standing standing() {
    return standing.get();
  }

  public ObservableList<NamespaceInfo> namespaces() {
    return namespaces;
  }

  /// PVCs of every namespace, as far as the user may list them; empty until they are asked for.
  public ObservableList<PvcInfo> pvcs() {
    return pvcs;
  }

  /// What could not be listed.
  public ObservableList<ItemFailure> warnings() {
    return warnings;
  }

  public @Nullable EngineException error() {
    return error;
  }

  /// @throws IllegalStateException if it is not open
  public Opened opened() {
    if (opened == null) {
      throw new IllegalStateException(key.label() + " is not open");
    }
    return opened;
  }

  /// What the kubeconfig says by now; the session stays.
  void info(ContextInfo fresh) {
    info = fresh;
  }

  void connecting() {
    standing.set(Standing.CONNECTING);
  }

  void failed(EngineException why) {
    error = why;
    standing.set(Standing.FAILED);
  }

  void open(Opened session) {
    opened = session;
    error = null;
    standing.set(Standing.OPEN);
  }

  void closed() {
    opened = null;
    namespaces.clear();
    pvcs.clear();
    warnings.clear();
    standing.set(Standing.CLOSED);
  }
}
