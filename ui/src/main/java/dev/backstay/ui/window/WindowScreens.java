package dev.backstay.ui.window;

import dev.backstay.ui.Desk;
import dev.backstay.ui.Surroundings;
import dev.backstay.ui.about.AboutController;
import dev.backstay.ui.backup.BackUpController;
import dev.backstay.ui.backup.BackUpViewModel;
import dev.backstay.ui.browse.BrowseController;
import dev.backstay.ui.browse.BrowseViewModel;
import dev.backstay.ui.classes.ClassesController;
import dev.backstay.ui.fx.Fxml;
import dev.backstay.ui.jobs.JobDialogs;
import dev.backstay.ui.jobs.JobsController;
import dev.backstay.ui.namespace.NamespaceController;
import dev.backstay.ui.namespace.NamespaceViewModel;
import dev.backstay.ui.overview.OverviewController;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.points.PointsController;
import dev.backstay.ui.repositories.FolderDialogs;
import dev.backstay.ui.repositories.RepositoriesPageController;
import dev.backstay.ui.repositories.SnapshotsController;
import dev.backstay.ui.restore.RestoreController;
import dev.backstay.ui.restore.RestoreViewModel;
import dev.backstay.ui.settings.SettingsController;
import dev.backstay.ui.shell.Place;
import dev.backstay.ui.shell.Screen;
import dev.backstay.ui.shell.Screens;
import dev.backstay.ui.snapshot.SnapshotDialogs;
import dev.backstay.ui.theme.Theme;
import dev.backstay.ui.tour.TourPane;
import dev.backstay.ui.volumes.VolumesController;
import dev.backstay.ui.volumes.VolumesViewModel;
import javafx.scene.Parent;

/// Makes each screen with what it needs.
final class WindowScreens implements Screens {

  private final Desk desk;
  private final Theme theme;
  private final Dialogs dialogs;
  private final Files files;
  private final Runnable find;

  /// @param find opens what finds anything
  WindowScreens(Desk desk, Theme theme, Dialogs dialogs, Files files, Runnable find) {
    this.desk = desk;
    this.theme = theme;
    this.dialogs = dialogs;
    this.files = files;
    this.find = find;
  }

  @Override
  public Screen of(Place place) {
    Screen screen =
        switch (place) {
          case Place.Overview _ -> overview();
          case Place.Namespace(var cluster, String namespace, String pvc) ->
              new NamespaceController(
                  desk,
                  new NamespaceViewModel(desk, cluster, namespace),
                  new SnapshotDialogs(desk, dialogs),
                  pvc);
          case Place.Volumes(var cluster) ->
              new VolumesController(desk, new VolumesViewModel(desk, cluster));
          case Place.Classes(var cluster) -> new ClassesController(desk, cluster);
          case Place.Points _ -> new PointsController(desk, files::openPlan);
          case Place.Browse(var point, String path, var look) ->
              new BrowseController(desk, new BrowseViewModel(desk, point, path), files, look);
          case Place.BackUp(var cluster, var request) ->
              new BackUpController(desk, new BackUpViewModel(desk, cluster, request));
          case Place.Restore restore ->
              new RestoreController(RestoreViewModel.of(desk, restore), files::savePlan);
          case Place.Jobs(var job) -> new JobsController(desk, job, new JobDialogs(desk, dialogs));
          case Place.Repositories _ -> new RepositoriesPageController(desk, dialogs);
          case Place.Snapshots(var repository) ->
              new SnapshotsController(desk, repository, new FolderDialogs(desk, dialogs));
          case Place.Settings _ -> new SettingsController(desk, theme, files::kubeconfig);
          case Place.About _ -> new AboutController(desk, WindowIcon.large());
        };
    Parent _ = Fxml.load(screen);
    return screen;
  }

  private Screen overview() {
    Surroundings.DemoCluster demo = desk.surroundings().demo();
    return new OverviewController(desk, demo == null ? null : new TourPane(desk, demo), find);
  }
}
