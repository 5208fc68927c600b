package dev.backstay.repository.prune;

import dev.backstay.model.DamagedException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.json.GoTime;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import dev.backstay.repository.store.Damage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a prune sets aside: packs that the index names no more, with all that it said of them.
///
/// @param name its file's name; empty before it is written
/// @param time when it was written, for people and for the least age
/// @param snapshots how many there were
/// @param packs with their index entries
/// @param strays packs that were in no index
record CandidateFile(
    String name, Instant time, long snapshots, List<IndexedPack> packs, List<String> strays) {

  byte[] encode() {
    JsonWriter out = new JsonWriter(64 << 10);
    out.raw('{');
    out.field("time").string(GoTime.format(time));
    out.field("snapshots").number(snapshots);
    out.field("strays").raw('[');
    for (int i = 0; i < strays.size(); i++) {
      out.raw(i == 0 ? "" : ",").string(strays.get(i));
    }
    out.raw(']');
    out.field("index").raw(new String(IndexFile.encode(packs), StandardCharsets.US_ASCII));
    return out.raw('}').toBytes();
  }

  static CandidateFile decode(byte[] json, String name) {
    JsonReader in = new JsonReader(json, "the candidate file " + name);
    Instant time = Instant.EPOCH;
    long snapshots = 0;
    List<IndexedPack> packs = new ArrayList<>();
    List<String> strays = new ArrayList<>();
    try {
      in.object();
      while (in.more()) {
        switch (in.name()) {
          case "time" -> time = GoTime.parse(in.string());
          case "snapshots" -> snapshots = in.number();
          case "strays" -> {
            in.list();
            while (in.more()) {
              strays.add(BlobId.parse(in.string()).hex());
            }
          }
          case "index" ->
              IndexFile.decode(
                  in.raw().getBytes(StandardCharsets.UTF_8),
                  name,
                  (pack, entries) -> packs.add(new IndexedPack(pack, entries)));
          default -> in.skip();
        }
      }
      in.end();
    } catch (IllegalArgumentException e) {
      throw damaged(name);
    }
    return new CandidateFile(name, time, snapshots, packs, strays);
  }

  private static DamagedException damaged(String name) {
    return Damage.of("prune.candidates-damaged", name, "holds no usable list of packs");
  }
}
