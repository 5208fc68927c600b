package dev.backstay.app.command;

import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.point.PointFilter;
import dev.backstay.workflow.point.RestorePoints;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;

/// An open repository and its restore points, as the selection flags (`-n`, `--context`) limit
/// them.
///
/// @param engine closed with it
/// @param session closed with it
/// @param points of the repository
/// @param filter what the flags say
record PointAccess(
    Engine engine, RepositorySession session, RestorePoints points, PointFilter filter)
    implements AutoCloseable {

  static PointAccess open(Access access, GlobalOptions options) {
    RepositorySession session = access.repository();
    try {
      Engine engine = access.engine();
      PointFilter filter = new PointFilter(options.context, null, options.namespace);
      return new PointAccess(engine, session, engine.restorePoints(session), filter);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  List<RestorePoint> list() {
    return points.list(filter);
  }

  /// @param id the beginning of an id, or `latest`
  RestorePoint find(String id) {
    return points.find(id, filter);
  }

  @Override
  public void close() {
    engine.close();
    session.close();
  }
}
