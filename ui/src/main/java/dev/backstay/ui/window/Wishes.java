package dev.backstay.ui.window;

import dev.backstay.ui.Desk;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.Dialogs;
import dev.backstay.ui.part.Notice;
import dev.backstay.ui.repositories.OpenRepository;
import dev.backstay.ui.shell.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Does what a start asked for; says so where it cannot.
final class Wishes {

  private final Desk desk;
  private final Dialogs dialogs;

  Wishes(Desk desk, Dialogs dialogs) {
    this.desk = desk;
    this.dialogs = dialogs;
  }

  void grant(WindowWish wish) {
    if (!wish.repository().isEmpty()) {
      OpenRepository repository = desk.repositories().at(wish.repository());
      desk.repositories().choose(repository);
      desk.repositories().open(repository, null, _ -> {});
    }
    if (!wish.kubeconfig().isEmpty()) {
      List<String> files = desk.remembered().list("kubeconfigs");
      desk.remembered()
          .put(
              "kubeconfigs",
              Stream.concat(files.stream(), Stream.of(wish.kubeconfig())).distinct().toList());
    }
    if (!wish.context().isEmpty() || !wish.namespace().isEmpty()) {
      desk.clusters().reload(() -> find(wish));
    } else if (!wish.kubeconfig().isEmpty()) {
      desk.clusters().reload(() -> {});
    }
  }

  private void find(WindowWish wish) {
    cluster(wish)
        .ifPresentOrElse(
            cluster -> open(cluster, wish.namespace()),
            () ->
                dialogs.tell(
                    Texts.of("wish.title"),
                    Notice.bad(
                        wish.context().isEmpty()
                            ? Texts.of("wish.no-current")
                            : Texts.of("wish.no-context", wish.context()))));
  }

  /// Of the file that was named, if one was.
  private Optional<OpenCluster> cluster(WindowWish wish) {
    List<OpenCluster> all = desk.clusters().all();
    Path file = wish.kubeconfig().isEmpty() ? null : Path.of(wish.kubeconfig());
    return all.stream()
        .filter(c -> file == null || file.equals(c.key().kubeconfig()))
        .filter(c ->
            wish.context().isEmpty() ? c.info().current() : c.key().name().equals(wish.context()))
        .findFirst();
  }

  private void open(OpenCluster cluster, String namespace) {
    desk.clusters()
        .open(
            cluster,
            opened ->
                desk.navigator()
                    .go(
                        new Place.Namespace(
                            cluster,
                            namespace.isEmpty()
                                ? opened.session().defaultNamespace()
                                : namespace)));
  }
}
