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
import dev.backstay.workflow.repository.RepositorySession;
import java.time.Instant;
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
  private final ChosenParts parts;
  private final ReadOnlyBooleanWrapper finding = new ReadOnlyBooleanWrapper();
  private List<Entry> all = List.of();

  /// The path that was chosen last. It stays chosen while the user moves through moments at which
  /// it is not there.
  private final ReadOnlyObjectWrapper<@Nullable String> kept = new ReadOnlyObjectWrapper<>();

  private final ObjectProperty<Limits> limits = new SimpleObjectProperty<>(Limits.NONE);
  private String searched = "";
  private boolean filling;
  private Work work = Work.NONE;

  public BrowseViewModel(Desk desk, RestorePoint point, String path) {
    this.desk = desk;
    this.point = new ReadOnlyObjectWrapper<>(point);
    this.path = new ReadOnlyObjectWrapper<>(path);
    this.parts = new ChosenParts(desk, this);
    filter.subscribe(this::filtered);
    limits.subscribe((_, now) -> {
      if (finding.get() && now.isEmpty() && filter.get().isBlank()) {
        list();
      }
    });
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

  /// Lists the folder again, or looks again for what was looked for.
  public void refresh() {
    if (finding.get()) {
      find(searched);
    } else {
      list();
    }
  }

  private void list() {
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
      keepChosen();
    } else if (text.isBlank()) {
      list();
    }
  }

  /// Looks for files and folders below this one, by what is in the filter: a glob, or a part of a
  /// name. Without words it looks for whatever is within the limits.
  public void find() {
    find(filter.get().strip());
  }

  private void find(String words) {
    if (words.isEmpty() && limits.get().isEmpty()) {
      return;
    }
    searched = words;
    work.drop();
    load.set(new Load.Loading(Texts.of("browse.finding", named(words), path.get())));
    Limits within = limits.get();
    withSession(
        session ->
            work =
                desk.background()
                    .ask(
                        cancel -> search(session, words, path.get(), within, MOST_FOUND, cancel),
                        this::found,
                        this::failed),
        this::failed);
  }

  private static String named(String words) {
    return words.isEmpty() ? Texts.of("browse.anything") : words;
  }

  private void found(List<Entry> hits) {
    finding.set(true);
    all = hits;
    fill(hits);
    keepChosen();
    load.set(
        hits.isEmpty()
            ? new Load.Empty(
                Texts.of("browse.found-none", named(searched)),
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
        .ask(cancel -> search(session, words, "/", Limits.NONE, most, cancel), then, _ -> {});
  }

  private List<Entry> search(
      RepositorySession session,
      String words,
      String below,
      Limits within,
      int most,
      CancelToken cancel) {
    List<Entry> hits = new ArrayList<>();
    CancelToken enough = new CancelToken();
    try (var _ = cancel.onCancel(enough::cancel)) {
      new Browsing(session)
          .find(
              point.get().id(),
              within.criteria(glob(words), below),
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
    if (words.isEmpty()) {
      return "*";
    }
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
    keepChosen();
  }

  /// Chooses what was chosen before, if it is here now.
  private void keepChosen() {
    String path = kept.get();
    chosen.set(null); // told anew even if it is the same: the list below it is another
    chosen.set(all.stream().filter(e -> e.path().equals(path)).findFirst().orElse(null));
  }

  private void failed(EngineException error) {
    all = List.of();
    fill(List.of());
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
    fill(part.isEmpty() ? all : all.stream().filter(e -> e.folded().contains(part)).toList());
  }

  /// While the list changes below its selection, that is no choice of the user.
  private void fill(List<Entry> shown) {
    filling = true;
    entries.setAll(shown);
    filling = false;
  }

  /// Into a folder.
  public void go(String to) {
    if (!to.equals(path.get())) {
      show(to, null);
    }
  }

  /// To a file: its folder, with the file chosen.
  public void reveal(String file) {
    int slash = file.lastIndexOf('/');
    show(slash <= 0 ? "/" : file.substring(0, slash), file);
  }

  /// One folder up, with the one that was left chosen.
  public void up() {
    if (path.get().length() > 1) {
      reveal(path.get());
    }
  }

  private void show(String folder, @Nullable String file) {
    chosen.set(null);
    kept.set(file);
    finding.set(false);
    filter.set("");
    path.set(folder);
    list();
  }

  /// The same folder and choice at another moment.
  public void moveTo(RestorePoint other) {
    if (!other.equals(point.get())) {
      point.set(other);
      parts.count();
      refresh();
    }
  }

  /// To the newest restore point that is not after a moment.
  ///
  /// @return whether there is one
  public boolean moveTo(Instant moment) {
    Optional<RestorePoint> then =
        points().stream().filter(p -> !p.time().isAfter(moment)).findFirst();
    then.ifPresent(this::moveTo);
    return then.isPresent();
  }

  /// The user's choice.
  public void choose(@Nullable Entry entry) {
    if (!filling) {
      kept.set(entry == null ? null : entry.path());
      chosen.set(entry);
    }
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

  /// The path that is chosen, also while this restore point does not hold it.
  public ReadOnlyObjectProperty<@Nullable String> keptProperty() {
    return kept.getReadOnlyProperty();
  }

  /// What a search leaves out.
  public ObjectProperty<Limits> limitsProperty() {
    return limits;
  }

  /// What is chosen for a restore.
  public ChosenParts parts() {
    return parts;
  }

  public void close() {
    work.drop();
    parts.stop();
  }
}
