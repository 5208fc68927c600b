package dev.backstay.app.command;

import dev.backstay.app.output.Fields;
import dev.backstay.app.output.SecretMask;
import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry.FileType;
import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.Difference;
import dev.backstay.workflow.browse.Difference.Kind;
import dev.backstay.workflow.browse.ManifestComparison;
import dev.backstay.workflow.browse.ManifestTexts;
import dev.backstay.workflow.browse.ManifestView;
import dev.backstay.workflow.repository.FileInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has become of one restore point in another.
final class PointDiff {

  private final RepositorySession session;
  private final RestorePoint before;
  private final RestorePoint after;
  private final ManifestView view;
  private final ChangeListing listing;
  private String remark = "";

  PointDiff(
      RepositorySession session,
      RestorePoint before,
      RestorePoint after,
      ManifestView view,
      ChangeListing listing) {
    this.session = session;
    this.before = before;
    this.after = after;
    this.view = view;
    this.listing = listing;
  }

  void run(String path, CancelToken cancel) {
    String whole = "/" + RepositorySession.inside(path);
    new Browsing(session)
        .differences(
            before.id(),
            after.id(),
            path,
            difference -> {
              if (difference.path().equals(whole) && isFile(difference)) {
                one(difference, cancel);
              } else if (!isNoise(difference, cancel)) {
                listing.accept(Change.of(difference));
              }
            },
            cancel);
  }

  /// What people should know besides.
  Optional<String> remark() {
    return remark.isEmpty() ? Optional.empty() : Optional.of(remark);
  }

  /// What was compared.
  Fields head(String path) {
    return new Fields()
        .put("before", PointSheet.fields(before))
        .put("after", PointSheet.fields(after))
        .put("path", path);
  }

  private boolean isNoise(Difference difference, CancelToken cancel) {
    return !view.noise()
        && new ManifestComparison(session).isNoise(before.id(), after.id(), difference, cancel);
  }

  private static boolean isFile(Difference difference) {
    return isFileOrNothing(difference.before()) && isFileOrNothing(difference.after());
  }

  private static boolean isFileOrNothing(@Nullable FileInfo file) {
    return file == null || file.entry().type() == FileType.FILE;
  }

  /// The one file that was asked for.
  private void one(Difference difference, CancelToken cancel) {
    Change change = Change.of(difference);
    if (difference.kind() == Kind.METADATA_ONLY) {
      listing.accept(change);
    } else if (ManifestComparison.isManifest(difference.path())) {
      manifest(change, cancel);
    } else {
      file(difference, change, cancel);
    }
  }

  private void manifest(Change change, CancelToken cancel) {
    ManifestTexts texts =
        new ManifestComparison(session)
            .compare(before.id(), after.id(), change.path(), view, cancel);
    if (texts.same()) {
      remark = "Only what the server keeps by itself differs; --noise shows it.";
      return;
    }
    if (!view.secretValues() && SecretMask.covers(change.path())) {
      remark = "Values are masked; --show-secrets shows them.";
    }
    lines(change, texts.before(), texts.after());
  }

  private void file(Difference difference, Change change, CancelToken cancel) {
    Optional<String> left = text(before, difference.before(), change.path(), cancel);
    Optional<String> right = text(after, difference.after(), change.path(), cancel);
    if (left.isPresent() && right.isPresent()) {
      lines(change, left.get(), right.get());
    } else {
      remark = "It is no text, or too long to be compared line by line.";
      listing.accept(change);
    }
  }

  private void lines(Change change, String left, String right) {
    Optional<List<String>> lines =
        LineDiff.of(
            name(before, change.before(), change.path()),
            name(after, change.after(), change.path()),
            left,
            right);
    if (lines.isEmpty()) {
      remark = "It is too long to be compared line by line.";
    } else if (lines.get().isEmpty()) {
      remark = "Only the ends of lines differ.";
    }
    listing.accept(change, lines.filter(found -> !found.isEmpty()).orElse(null));
  }

  private static String name(RestorePoint point, @Nullable Fields there, String path) {
    return there == null ? "/dev/null" : point.shortId() + ":" + path;
  }

  private Optional<String> text(
      RestorePoint point, @Nullable FileInfo file, String path, CancelToken cancel) {
    if (file == null) {
      return Optional.of("");
    }
    if (file.entry().size() > LineDiff.LARGEST) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    session.cat(point.id(), path, 0, LineDiff.LARGEST, bytes, cancel);
    return LineDiff.text(bytes.toByteArray());
  }
}
