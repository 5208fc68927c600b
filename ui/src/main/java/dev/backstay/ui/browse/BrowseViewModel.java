package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.Desk;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.fx.Work;
import dev.backstay.ui.part.Load;
import dev.backstay.ui.repositories.OpenRepository;
import dev.backstay.ui.repositories.Repositories;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.FindCriteria;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Where the user is inside the restore points of a namespace: at which moment, in which folder,
/// with what chosen. Moving in time keeps folder and choice. For the FX thread.
public final class BrowseViewModel {

  private static final int MOST_FOUND = 10_000;

  private final Desk desk;
  private final ReadOnlyObjectWrapper<RestorePoint> point;
  private final ReadOnlyObjectWrapper<String> path;
  private final ObservableList<Entry> entries = FXCollections.observableArrayList();
  private final ObjectProperty<Load> load = new SimpleObjectProperty<>(Load.READY);
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<@Nullable Entry> chosen = new ReadOnlyObjectWrapper<>();
  private final PathRules rules = new PathRules();
  private final ReadOnlyBooleanWrapper finding = new ReadOnlyBooleanWrapper();
  private List<Entry> all = List.of();
  private @Nullable String wanted;
  private Work work = Work.NONE;

  public BrowseViewModel(Desk desk, RestorePoint point, String path) {
    this.desk = desk;
    this.point = new ReadOnlyObjectWrapper<>(point);
    this.path = new ReadOnlyObjectWrapper<>(path);
    filter.subscribe(this::filtered);
  }

  /// Opens the repository if need be, then calls back with its session.
  public void withSession(Consumer<RepositorySession> then, Consumer<EngineException> failed) {
    Optional<OpenRepository> holder = desk.repositories().holding(point.get());
    if (holder.isEmpty()) {
      failed.accept(
          new NotFoundException(
              "browse.no-repository",
              Texts.of("browse.no-repository"),
              Texts.of("browse.no-repository.do")));
      return;
    }
    desk.repositories()
        .open(
            holder.get(),
            null,
            result -> {
              switch (result) {
                case Repositories.Result.Opened(RepositorySession session) -> then.accept(session);
                case Repositories.Result.Failed(EngineException error) -> failed.accept(error);
                case Repositories.Result.NeedsPassword _ ->
                    failed.accept(
                        new NotFoundException(
                            "browse.closed",
                            Texts.of("backup.repository-closed"),
                            Texts.of("backup.repository-closed.do")));
              }
            });
  }

  /// Lists the folder again.
  public void refresh() {
    work.drop();
    finding.set(false);
    load.set(new Load.Loading(Texts.of("browse.loading", path.get())));
    withSession(this::list, this::failed);
  }

  private void list(RepositorySession session) {
    String snapshot = point.get().id();
    String at = path.get();
    work =
        desk.background()
            .ask(
                cancel -> {
                  List<Entry> found = new ArrayList<>();
                  session.list(snapshot, at, false, info -> found.add(Entry.of(info)), cancel);
                  found.sort(Entry.ORDER);
                  return found;
                },
                this::listed,
                this::failed);
  }

  private void filtered(String text) {
    if (!finding.get()) {
      show();
    } else if (text.isBlank()) {
      refresh();
    }
  }

  /// Looks for files and folders below this one, by what is in the filter: a glob, or a part of a
  /// name.
  public void find() {
    String words = filter.get().strip();
    if (words.isEmpty()) {
      return;
    }
    work.drop();
    load.set(new Load.Loading(Texts.of("browse.finding", words, path.get())));
    withSession(
        session ->
            work =
                desk.background()
                    .ask(
                        cancel -> search(session, words, path.get(), MOST_FOUND, cancel),
                        this::found,
                        this::failed),
        this::failed);
  }

  private void found(List<Entry> hits) {
    finding.set(true);
    all = hits;
    chosen.set(null);
    entries.setAll(hits);
    load.set(
        hits.isEmpty()
            ? new Load.Empty(
                Texts.of("browse.found-none", filter.get().strip()),
                Texts.of("browse.found-none.why", path.get()))
            : Load.READY);
  }

  /// Looks for files anywhere in the restore point, for the palette; the list stays as it is.
  public Work find(String words, int most, Consumer<List<Entry>> then) {
    RepositorySession session =
        desk.repositories().holding(point.get()).map(OpenRepository::session).orElse(null);
    if (session == null) {
      return Work.NONE;
    }
    return desk.background()
        .ask(cancel -> search(session, words, "/", most, cancel), then, _ -> {});
  }

  private List<Entry> search(
      RepositorySession session, String words, String below, int most, CancelToken cancel) {
    List<Entry> hits = new ArrayList<>();
    CancelToken enough = new CancelToken();
    try (var _ = cancel.onCancel(enough::cancel)) {
      new Browsing(session)
          .find(
              point.get().id(),
              new FindCriteria(glob(words), below, null, null, null, null),
              info -> {
                hits.add(Entry.of(info));
                if (hits.size() >= most) {
                  enough.cancel();
                }
              },
              enough);
    } catch (CancelledException e) {
      if (hits.size() < most) {
        throw e;
      }
    }
    return hits;
  }

  /// A part of a name finds every name with it.
  private static String glob(String words) {
    boolean pattern = words.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    return pattern ? words : "*" + words.replace("\\", "\\\\") + "*";
  }

  private void listed(List<Entry> found) {
    if (found.size() == 1
        && !found.getFirst().folder()
        && found.getFirst().path().equals(path.get())) {
      reveal(path.get()); // the path is a file's
      return;
    }
    all = found;
    show();
    load.set(
        found.isEmpty()
            ? new Load.Empty(Texts.of("browse.empty"), Texts.of("browse.empty.why"))
            : Load.READY);
    String name = wanted;
    wanted = null;
    if (name != null) {
      all.stream()
          .filter(e -> e.name().equals(name))
          .findFirst()
          .ifPresentOrElse(this::choose, () -> choose(null));
    }
  }

  private void failed(EngineException error) {
    all = List.of();
    entries.clear();
    chosen.set(null);
    boolean notHere = error instanceof NotFoundException && error.code().startsWith("repository.");
    load.set(
        notHere
            ? new Load.Empty(
                Texts.of("browse.not-here", path.get()),
                Texts.of("browse.not-here.why", Amounts.moment(point.get().time())))
            : new Load.Failed(error));
  }

  private void show() {
    String part = filter.get().strip().toLowerCase(Locale.ROOT);
    entries.setAll(
        part.isEmpty() ? all : all.stream().filter(e -> e.folded().contains(part)).toList());
  }

  /// Into a folder.
  public void go(String to) {
    if (!to.equals(path.get())) {
      wanted = null;
      chosen.set(null);
      filter.set("");
      path.set(to);
      refresh();
    }
  }

  /// To a file: its folder, with the file chosen.
  public void reveal(String file) {
    int slash = file.lastIndexOf('/');
    String name = file.substring(slash + 1);
    String folder = slash <= 0 ? "/" : file.substring(0, slash);
    filter.set("");
    path.set(folder);
    refresh();
    wanted = name;
  }

  /// One folder up.
  public void up() {
    String here = path.get();
    int slash = here.lastIndexOf('/');
    String from = here.substring(slash + 1);
    if (here.length() > 1) {
      go(slash <= 0 ? "/" : here.substring(0, slash));
      wanted = from;
    }
  }

  /// The same folder and file at another moment.
  public void moveTo(RestorePoint other) {
    if (!other.equals(point.get())) {
      Entry now = chosen.get();
      point.set(other);
      refresh();
      wanted = now == null ? null : now.name();
    }
  }

  public void choose(@Nullable Entry entry) {
    chosen.set(entry);
  }

  /// The restore points of the same namespace, newest first.
  public List<RestorePoint> points() {
    RestorePoint now = point.get();
    return desk.pointsOf(now.cluster(), now.namespace());
  }

  public ReadOnlyObjectProperty<RestorePoint> pointProperty() {
    return point.getReadOnlyProperty();
  }

  public RestorePoint point() {
    return point.get();
  }

  public ReadOnlyObjectProperty<String> pathProperty() {
    return path.getReadOnlyProperty();
  }

  public ObservableList<Entry> entries() {
    return entries;
  }

  /// Whether the entries are hits from many folders instead of one folder's.
  public ReadOnlyBooleanProperty findingProperty() {
    return finding.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<Load> loadProperty() {
    return load;
  }

  public StringProperty filterProperty() {
    return filter;
  }

  public ReadOnlyObjectProperty<@Nullable Entry> chosenProperty() {
    return chosen.getReadOnlyProperty();
  }

  /// What is chosen for a restore.
  public PathRules rules() {
    return rules;
  }

  public void close() {
    work.drop();
  }
}
