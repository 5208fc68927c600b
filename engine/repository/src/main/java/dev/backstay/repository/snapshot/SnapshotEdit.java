package dev.backstay.repository.snapshot;

import dev.backstay.model.DamagedException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes fields of a snapshot's JSON and leaves the others as they stand, those included that we
/// do not know.
public final class SnapshotEdit {

  /// restic's order; what it does not know comes last.
  private static final List<String> ORDER =
      List.of(
          "time",
          "parent",
          "tree",
          "paths",
          "hostname",
          "username",
          "uid",
          "gid",
          "excludes",
          "tags",
          "original",
          "program_version",
          "summary");

  private final Map<String, String> fields = new LinkedHashMap<>();

  private SnapshotEdit() {}

  /// @param id the file's name, for messages
  /// @throws DamagedException if it is no snapshot
  public static SnapshotEdit of(byte[] json, String id) {
    SnapshotFile.decode(json, id);
    SnapshotEdit edit = new SnapshotEdit();
    JsonReader in = new JsonReader(json, "the snapshot " + id);
    in.object();
    while (in.more()) {
      edit.fields.put(in.name(), in.raw());
    }
    return edit;
  }

  public SnapshotEdit tree(BlobId tree) {
    return put("tree", new JsonWriter(80).string(tree.hex()));
  }

  /// @param id the snapshot that it comes from
  public SnapshotEdit original(String id) {
    return put("original", new JsonWriter(80).string(id));
  }

  public SnapshotEdit withoutParent() {
    fields.remove("parent");
    return this;
  }

  /// Adds a tag unless it is there.
  public SnapshotEdit tag(String tag, List<String> tags) {
    List<String> all = new ArrayList<>(tags);
    if (!all.contains(tag)) {
      all.add(tag);
    }
    JsonWriter out = new JsonWriter(256).raw('[');
    for (int i = 0; i < all.size(); i++) {
      out.raw(i == 0 ? "" : ",").string(all.get(i));
    }
    return put("tags", out.raw(']'));
  }

  private SnapshotEdit put(String name, JsonWriter value) {
    fields.put(name, new String(value.toBytes(), java.nio.charset.StandardCharsets.UTF_8));
    return this;
  }

  public byte[] toJson() {
    JsonWriter out = new JsonWriter(2048).raw('{');
    Map<String, String> rest = new LinkedHashMap<>(fields);
    for (String name : ORDER) {
      write(out, name, rest.remove(name));
    }
    rest.forEach((name, value) -> write(out, name, value));
    return out.raw('}').toBytes();
  }

  private static void write(JsonWriter out, String name, @Nullable String value) {
    if (value != null) {
      if (out.size() > 1) {
        out.raw(',');
      }
      out.string(name).raw(':').raw(value);
    }
  }
}
