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
import java.util.List;
import javafx.scene.Parent;

/// Makes each screen with what it needs.
final class WindowScreens implements Screens {

  private final Desk desk;
  private final Theme theme;
  private final Dialogs dialogs;
  private final Files files;

  WindowScreens(Desk desk, Theme theme, Dialogs dialogs, Files files) {
    this.desk = desk;
    this.theme = theme;
    this.dialogs = dialogs;
    this.files = files;
  }

  @Override
  public Screen of(Place place) {
    Screen screen =
        switch (place) {
          case Place.Overview _ -> overview();
          case Place.Namespace(var cluster, String namespace) ->
              new NamespaceController(
                  desk,
                  new NamespaceViewModel(desk, cluster, namespace),
                  new SnapshotDialogs(desk, dialogs));
          case Place.Classes(var cluster) -> new ClassesController(desk, cluster);
          case Place.Points _ -> new PointsController(desk);
          case Place.Browse(var point, String path) ->
              new BrowseController(desk, new BrowseViewModel(desk, point, path), files);
          case Place.BackUp(var cluster, var request) ->
              new BackUpController(desk, new BackUpViewModel(desk, cluster, request));
          case Place.Restore wish -> restore(wish);
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

  private Screen restore(Place.Restore wish) {
    RestoreViewModel model = new RestoreViewModel(desk, wish.point(), wish.only(), wish.again());
    if (wish.parts()) {
      model.choose(List.of());
    }
    return new RestoreController(model, files::savePlan);
  }

  private Screen overview() {
    Surroundings.DemoCluster demo = desk.surroundings().demo();
    return new OverviewController(desk, demo == null ? null : new TourPane(desk, demo));
  }
}
