package dev.backstay.ui;

import dev.backstay.model.ClusterIdentity;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.clusters.Clusters;
import dev.backstay.ui.clusters.Production;
import dev.backstay.ui.fx.Background;
import dev.backstay.ui.jobs.Jobs;
import dev.backstay.ui.points.Points;
import dev.backstay.ui.repositories.Repositories;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.ui.shell.Navigator;
import dev.backstay.workflow.Engine;
import java.time.InstantSource;
import java.util.List;

/// What every screen may need: one of each for a window.
///
/// @param engine the engine
/// @param background the way off the FX thread
/// @param clusters contexts and open sessions
/// @param production which contexts are production
/// @param repositories repositories and open sessions
/// @param points restore points that are known
/// @param jobs jobs, running and past
/// @param navigator where the user is
/// @param remembered what stays from start to start
/// @param surroundings the program around
/// @param clock the time
public record Desk(
    Engine engine,
    Background background,
    Clusters clusters,
    Production production,
    Repositories repositories,
    Points points,
    Jobs jobs,
    Navigator navigator,
    Remembered remembered,
    Surroundings surroundings,
    InstantSource clock) {

  /// The restore points of a namespace, newest first.
  public List<RestorePoint> pointsOf(ClusterIdentity cluster, String namespace) {
    return points.of(cluster, namespace);
  }
}
