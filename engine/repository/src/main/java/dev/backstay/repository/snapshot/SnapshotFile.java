package dev.backstay.repository.snapshot;

import dev.backstay.model.DamagedException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.json.GoTime;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import dev.backstay.repository.store.Damage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON of snapshot files.
public final class SnapshotFile {

  private SnapshotFile() {}

  public static byte[] encode(SnapshotDraft draft, String program, SnapshotSummary summary) {
    JsonWriter out = new JsonWriter(2048);
    out.raw('{');
    out.field("time").string(GoTime.format(draft.time()));
    String parent = draft.parent();
    if (parent != null) {
      out.field("parent").string(parent);
    }
    out.field("tree").string(draft.tree().hex());
    list(out.field("paths"), draft.paths());
    text(out, "hostname", draft.hostname());
    text(out, "username", draft.username());
    optional(out, "excludes", draft.excludes());
    optional(out, "tags", draft.tags());
    text(out, "program_version", program);
    write(out.field("summary"), summary);
    return out.raw('}').toBytes();
  }

  private static void text(JsonWriter out, String name, String value) {
    if (!value.isEmpty()) {
      out.field(name).string(value);
    }
  }

  private static void optional(JsonWriter out, String name, List<String> values) {
    if (!values.isEmpty()) {
      list(out.field(name), values);
    }
  }

  private static void list(JsonWriter out, List<String> values) {
    out.raw('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      out.string(values.get(i));
    }
    out.raw(']');
  }

  private static void write(JsonWriter out, SnapshotSummary summary) {
    out.raw('{');
    out.field("backup_start").string(GoTime.format(summary.backupStart()));
    out.field("backup_end").string(GoTime.format(summary.backupEnd()));
    out.field("files_new").number(summary.filesNew());
    out.field("files_changed").number(summary.filesChanged());
    out.field("files_unmodified").number(summary.filesUnmodified());
    out.field("dirs_new").number(summary.dirsNew());
    out.field("dirs_changed").number(summary.dirsChanged());
    out.field("dirs_unmodified").number(summary.dirsUnmodified());
    out.field("data_blobs").number(summary.dataBlobs());
    out.field("tree_blobs").number(summary.treeBlobs());
    out.field("data_added").number(summary.dataAdded());
    out.field("data_added_packed").number(summary.dataAddedPacked());
    out.field("total_files_processed").number(summary.totalFilesProcessed());
    out.field("total_bytes_processed").number(summary.totalBytesProcessed());
    out.raw('}');
  }

  /// @param id the file's name
  public static Snapshot decode(byte[] json, String id) {
    try {
      return new Reader(new JsonReader(json, "the snapshot " + id)).read(id);
    } catch (IllegalArgumentException e) {
      throw damaged(id);
    }
  }

  /// How far the clock that wrote its time is ahead of UTC, in minutes.
  ///
  /// @param id the file's name
  public static int offsetMinutes(byte[] json, String id) {
    JsonReader in = new JsonReader(json, "the snapshot " + id);
    int offset = 0;
    in.object();
    while (in.more()) {
      if (in.name().equals("time")) {
        offset = offsetMinutes(in.string(), id);
      } else {
        in.skip();
      }
    }
    return offset;
  }

  private static int offsetMinutes(String time, String id) {
    try {
      return GoTime.<Integer>parse(time, (_, _, offset) -> offset);
    } catch (IllegalArgumentException e) {
      throw damaged(id);
    }
  }

  private static DamagedException damaged(String id) {
    return Damage.of("repository.snapshot-damaged", "snapshots/" + id, "holds no usable snapshot");
  }

  private static final class Reader {
    private final JsonReader in;
    private Instant time = Instant.EPOCH;
    private @Nullable String parent;
    private @Nullable BlobId tree;
    private List<String> paths = List.of();
    private String hostname = "";
    private String username = "";
    private List<String> excludes = List.of();
    private List<String> tags = List.of();
    private @Nullable String original;
    private String program = "";
    private @Nullable SnapshotSummary summary;

    Reader(JsonReader in) {
      this.in = in;
    }

    Snapshot read(String id) {
      in.object();
      while (in.more()) {
        field(in.name());
      }
      in.end();
      if (tree == null) {
        throw damaged(id);
      }
      return new Snapshot(
          id, time, parent, tree, paths, hostname, username, excludes, tags, original, program,
          summary);
    }

    private void field(String name) {
      switch (name) {
        case "time" -> time = GoTime.parse(in.string());
        case "parent" -> parent = in.isNull() ? null : in.string();
        case "tree" -> tree = BlobId.parse(in.string());
        case "paths" -> paths = list();
        case "hostname" -> hostname = in.string();
        case "username" -> username = in.string();
        case "excludes" -> excludes = list();
        case "tags" -> tags = list();
        case "original" -> original = in.isNull() ? null : in.string();
        case "program_version" -> program = in.string();
        case "summary" -> summary = in.isNull() ? null : summary();
        default -> in.skip();
      }
    }

    private List<String> list() {
      List<String> values = new ArrayList<>();
      if (!in.isNull()) {
        in.list();
        while (in.more()) {
          values.add(in.string());
        }
      }
      return List.copyOf(values);
    }

    private SnapshotSummary summary() {
      Instant start = Instant.EPOCH;
      Instant end = Instant.EPOCH;
      long[] n = new long[12];
      in.object();
      while (in.more()) {
        switch (in.name()) {
          case "backup_start" -> start = GoTime.parse(in.string());
          case "backup_end" -> end = GoTime.parse(in.string());
          case "files_new" -> n[0] = in.number();
          case "files_changed" -> n[1] = in.number();
          case "files_unmodified" -> n[2] = in.number();
          case "dirs_new" -> n[3] = in.number();
          case "dirs_changed" -> n[4] = in.number();
          case "dirs_unmodified" -> n[5] = in.number();
          case "data_blobs" -> n[6] = in.number();
          case "tree_blobs" -> n[7] = in.number();
          case "data_added" -> n[8] = in.number();
          case "data_added_packed" -> n[9] = in.number();
          case "total_files_processed" -> n[10] = in.number();
          case "total_bytes_processed" -> n[11] = in.number();
          default -> in.skip();
        }
      }
      return new SnapshotSummary(
          start, end, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11]);
    }
  }
}
