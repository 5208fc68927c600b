package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.DiffLine;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.Difference;
import dev.backstay.workflow.browse.ManifestComparison;
import dev.backstay.workflow.browse.ManifestTexts;
import dev.backstay.workflow.browse.ManifestView;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of a path from one restore point to a later one. May wait.
///
/// @param session the repository that holds both
/// @param before the older one
/// @param after the newer one
/// @param noise whether with what the server keeps by itself
record PointComparer(
    RepositorySession session, RestorePoint before, RestorePoint after, boolean noise) {

  /// So much of each file is compared line by line.
  static final long LARGEST = 2L << 20;

  private static final int MOST = 10_000;

  Compared compare(String path, CancelToken cancel) {
    Entry left = look(before, path);
    Entry right = look(after, path);
    boolean folder =
        path.equals("/") || (left != null && left.folder()) || (right != null && right.folder());
    if (!folder && left == null && right == null) {
      return new Compared.Words(Texts.of("compare.nowhere"), Texts.of("compare.nowhere.why", path));
    }
    return folder ? folders(path, cancel) : files(path, left, right, cancel);
  }

  private @Nullable Entry look(RestorePoint point, String path) {
    if (path.equals("/")) {
      return null;
    }
    try {
      return Entry.of(new Browsing(session).look(point.id(), path));
    } catch (NotFoundException _) {
      return null;
    }
  }

  private Compared files(
      String path, @Nullable Entry left, @Nullable Entry right, CancelToken cancel) {
    Difference.Kind kind = kind(path, cancel).orElse(null);
    if (kind == null) {
      return new Compared.Words(Texts.of("compare.same"), Texts.of("compare.same.point"));
    }
    if (ManifestComparison.isManifest(path)) {
      return manifest(path, cancel);
    }
    if (kind == Difference.Kind.METADATA_ONLY) {
      return metadata(left, right);
    }
    return contents(path, left, right, cancel);
  }

  private static Compared metadata(@Nullable Entry left, @Nullable Entry right) {
    Compared.Facts facts =
        facts("compare.same-content", Texts.of("compare.same-content.why"), left, right);
    return facts.facts().stream().anyMatch(Compared.Fact::differs)
        ? facts
        : new Compared.Facts(facts.title(), Texts.of("compare.same-content.fine"), facts.facts());
  }

  /// How the path itself differs: what the repository knows without reading any content.
  private Optional<Difference.Kind> kind(String path, CancelToken cancel) {
    List<Difference.Kind> kinds = new ArrayList<>();
    new Browsing(session)
        .differences(before.id(), after.id(), path, d -> kinds.add(d.kind()), cancel);
    return kinds.stream().findFirst();
  }

  private Compared manifest(String path, CancelToken cancel) {
    ManifestTexts texts =
        new ManifestComparison(session)
            .compare(before.id(), after.id(), path, new ManifestView(noise, false), cancel);
    return texts.same()
        ? new Compared.Words(Texts.of("compare.same"), Texts.of("compare.same.noise"))
        : new Compared.Lines(
            DiffLine.between(
                texts.before().lines().toList(), texts.after().lines().toList(), false),
            sides());
  }

  private String sides() {
    return Texts.of("compare.sides", name(before), name(after));
  }

  static String name(RestorePoint point) {
    return Amounts.moment(point.time()) + " (" + point.shortId() + ")";
  }

  private Compared contents(
      String path, @Nullable Entry left, @Nullable Entry right, CancelToken cancel) {
    if ((left != null && !left.file()) || (right != null && !right.file())) {
      return facts("compare.different", Texts.of("compare.different.why"), left, right);
    }
    byte[] old = read(before, left, path, cancel);
    byte[] fresh = read(after, right, path, cancel);
    boolean cut = size(left) > LARGEST || size(right) > LARGEST;
    if (cut && Arrays.equals(old, fresh)) {
      String text = Texts.of("compare.beyond", Amounts.bytes(LARGEST));
      return facts("compare.different", text, left, right);
    }
    String note = cut ? sides() + " " + Texts.of("compare.cut", Amounts.bytes(LARGEST)) : sides();
    return lines(path, old, fresh)
        .<Compared>map(lines -> new Compared.Lines(lines, note))
        .orElseGet(() -> facts("compare.different", Texts.of("compare.not-text"), left, right));
  }

  private static long size(@Nullable Entry entry) {
    return entry == null ? 0 : entry.size();
  }

  private byte[] read(RestorePoint point, @Nullable Entry entry, String path, CancelToken cancel) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (entry != null) {
      session.cat(point.id(), path, 0, LARGEST, out, cancel);
    }
    return out.toByteArray();
  }

  /// Empty if one of them is no text, or too long; a side that is not there is an empty text.
  private static Optional<List<DiffLine>> lines(String path, byte[] old, byte[] fresh) {
    Optional<List<String>> left = text(path, old);
    Optional<List<String>> right = text(path, fresh);
    return left.isPresent() && right.isPresent()
        ? Optional.of(DiffLine.between(left.get(), right.get(), false))
        : Optional.empty();
  }

  private static Optional<List<String>> text(String path, byte[] bytes) {
    if (bytes.length == 0) {
      return Optional.of(List.of());
    }
    return TextOrHex.of(bytes, path, bytes.length) instanceof Preview.Text text
            && text.lines().size() < DiffLine.MOST
        ? Optional.of(text.lines())
        : Optional.empty();
  }

  private static Compared.Facts facts(
      String title, String text, @Nullable Entry left, @Nullable Entry right) {
    List<Compared.Fact> facts = new ArrayList<>();
    List<EntryFacts.Fact> old = EntryFacts.list(left);
    List<EntryFacts.Fact> fresh = EntryFacts.list(right);
    for (int i = 0; i < old.size(); i++) {
      EntryFacts.Fact fact = old.get(i);
      String now = fresh.get(i).value();
      if (!fact.value().isEmpty() || !now.isEmpty()) {
        facts.add(new Compared.Fact(Texts.of(fact.key()), fact.value(), now));
      }
    }
    return new Compared.Facts(Texts.of(title), text, facts);
  }

  private Compared folders(String path, CancelToken cancel) {
    List<Changed> found = new ArrayList<>();
    ManifestComparison manifests = new ManifestComparison(session);
    CancelToken stop = new CancelToken();
    try (var _ = cancel.onCancel(stop::cancel)) {
      new Browsing(session)
          .differences(
              before.id(),
              after.id(),
              path,
              difference -> {
                if (noise || !manifests.isNoise(before.id(), after.id(), difference, stop)) {
                  found.add(Changed.of(difference));
                }
                if (found.size() >= MOST) {
                  stop.cancel();
                }
              },
              stop);
    } catch (CancelledException e) {
      if (cancel.isCancelled()) {
        throw e;
      }
    }
    return found.isEmpty()
        ? new Compared.Words(Texts.of("compare.same"), Texts.of("compare.same.folder"))
        : new Compared.Changes(found, found.size() >= MOST, List.of());
  }
}
