package dev.backstay.ui.points;

import dev.backstay.model.ClusterIdentity;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.fx.Background;
import dev.backstay.workflow.Engine;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The restore points that this machine knows of, newest first; read again when the catalog
/// changes. For the FX thread.
public final class Points {

  private final Engine engine;
  private final Background background;
  private final ReadOnlyObjectWrapper<List<RestorePoint>> all =
      new ReadOnlyObjectWrapper<>(List.of());

  public Points(Engine engine, Background background) {
    this.engine = engine;
    this.background = background;
  }

  /// Reads them again.
  public void load() {
    var _ = background.ask(_ -> engine.knownRestorePoints(), this::show, _ -> {});
  }

  private void show(List<RestorePoint> points) {
    if (!points.equals(all.get())) {
      all.set(points);
    }
  }

  public ReadOnlyObjectProperty<List<RestorePoint>> allProperty() {
    return all.getReadOnlyProperty();
  }

  public List<RestorePoint> all() {
    return all.get();
  }

  /// Those of a namespace of a cluster, newest first.
  public List<RestorePoint> of(ClusterIdentity cluster, String namespace) {
    return all.get().stream().filter(p -> p.isOf(cluster, namespace)).toList();
  }
}
