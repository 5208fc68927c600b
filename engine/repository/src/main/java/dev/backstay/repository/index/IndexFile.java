package dev.backstay.repository.index;

import dev.backstay.model.DamagedException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.store.Damage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// The JSON of index files (restic `doc/design.rst`, "Indexing").
public final class IndexFile {

  private IndexFile() {}

  /// A pack with its blobs.
  public record IndexedPack(String id, List<PackEntry> entries) {
    public IndexedPack {
      entries = List.copyOf(entries);
    }
  }

  public static byte[] encode(List<IndexedPack> packs) {
    JsonWriter out = new JsonWriter(64 << 10);
    out.raw("{\"packs\":[");
    for (int i = 0; i < packs.size(); i++) {
      out.raw(i == 0 ? "{" : ",{");
      out.field("id").string(packs.get(i).id());
      out.field("blobs").raw('[');
      boolean first = true;
      for (PackEntry entry : packs.get(i).entries()) {
        if (!first) {
          out.raw(',');
        }
        write(out, entry);
        first = false;
      }
      out.raw("]}");
    }
    return out.raw("]}").toBytes();
  }

  private static void write(JsonWriter out, PackEntry entry) {
    out.raw('{');
    out.field("id").string(entry.id().hex());
    out.field("type").string(entry.kind().word());
    out.field("offset").number(entry.offset());
    out.field("length").number(entry.length());
    if (entry.plainLength() > 0) {
      out.field("uncompressed_length").number(entry.plainLength());
    }
    out.raw('}');
  }

  /// @param file its name, for messages
  public static void decode(byte[] json, Object file, BiConsumer<String, List<PackEntry>> packs) {
    JsonReader in = new JsonReader(json, "the index " + file);
    try {
      boolean index = false;
      in.object();
      while (in.more()) {
        if (in.name().equals("packs")) {
          index = true;
          packs(in, packs);
        } else {
          in.skip();
        }
      }
      in.end();
      if (!index) {
        throw Damage.of("repository.index-damaged", file, "holds no index");
      }
    } catch (IllegalArgumentException e) {
      throw damaged(file);
    }
  }

  private static void packs(JsonReader in, BiConsumer<String, List<PackEntry>> packs) {
    if (in.isNull()) {
      return;
    }
    in.list();
    while (in.more()) {
      String id = "";
      List<PackEntry> entries = new ArrayList<>();
      in.object();
      while (in.more()) {
        switch (in.name()) {
          case "id" -> id = BlobId.parse(in.string()).hex();
          case "blobs" -> blobs(in, entries);
          default -> in.skip();
        }
      }
      packs.accept(BlobId.parse(id).hex(), entries);
    }
  }

  private static void blobs(JsonReader in, List<PackEntry> entries) {
    if (in.isNull()) {
      return;
    }
    in.list();
    while (in.more()) {
      entries.add(blob(in));
    }
  }

  private static PackEntry blob(JsonReader in) {
    String id = "";
    BlobKind kind = BlobKind.DATA;
    long offset = 0;
    long length = 0;
    long plain = 0;
    in.object();
    while (in.more()) {
      switch (in.name()) {
        case "id" -> id = in.string();
        case "type" -> kind = kind(in.string());
        case "offset" -> offset = in.number();
        case "length" -> length = in.number();
        case "uncompressed_length" -> plain = in.number();
        default -> in.skip();
      }
    }
    if (!possible(offset, length, plain)) {
      throw new IllegalArgumentException("a blob that cannot be");
    }
    return new PackEntry(kind, BlobId.parse(id), offset, (int) length, (int) plain);
  }

  /// Larger blobs exist in no repository that any tool wrote, and no array could hold them.
  static boolean possible(long offset, long length, long plain) {
    return offset >= 0
        && offset <= 0xffffffffL
        && length >= 32
        && length <= 1 << 30
        && plain >= 0
        && plain <= 1 << 30;
  }

  private static BlobKind kind(String word) {
    return switch (word) {
      case "data" -> BlobKind.DATA;
      case "tree" -> BlobKind.TREE;
      default -> throw new IllegalArgumentException("unknown blob type " + word);
    };
  }

  private static DamagedException damaged(Object file) {
    return Damage.of("repository.index-damaged", file, "holds an entry that cannot be");
  }
}
