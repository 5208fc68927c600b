package dev.backstay.repository;

import dev.backstay.model.DamagedException;
import dev.backstay.model.UnsupportedException;
import dev.backstay.repository.chunk.Polynomial;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import dev.backstay.repository.pack.BlobCodec;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.store.Damage;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The config file: sealed JSON, never compressed.
///
/// @param version 1 or 2
/// @param id 64 hex characters
/// @param polynomial of the chunker
record Config(int version, String id, long polynomial) {

  static final int VERSION = 2;

  static Config random(SecureRandom random) {
    byte[] id = new byte[32];
    random.nextBytes(id);
    return new Config(VERSION, HexFormat.of().formatHex(id), Polynomial.random(random));
  }

  /// A new repository that cuts files as another one does.
  static Config like(OpenRepository other, SecureRandom random) {
    return new Config(VERSION, random(random).id(), other.polynomial());
  }

  byte[] encode() {
    JsonWriter out = new JsonWriter(256).raw('{');
    out.field("version").number(version);
    out.field("id").string(id);
    out.field("chunker_polynomial").string(Long.toHexString(polynomial));
    return out.raw('}').toBytes();
  }

  /// @param fetched the file; it is fetched a second time if it does not hold
  /// @throws UnsupportedException if its version is unknown
  /// @throws DamagedException if it does not hold
  static Config load(byte[] fetched, ObjectStore store, CodecPool codecs) {
    byte[] plain = open(fetched, codecs);
    plain = plain == null ? open(store.get(StoreKey.CONFIG), codecs) : plain;
    if (plain == null) {
      throw Damage.of("repository.config-damaged", "config", "is damaged: its MAC does not hold");
    }
    return decode(plain);
  }

  private static byte @Nullable [] open(byte[] sealed, CodecPool codecs) {
    byte[] plain = new byte[Math.max(0, sealed.length - Sealer.OVERHEAD)];
    int size = codecs.with((BlobCodec codec) -> codec.open(sealed, plain));
    return size < 0 ? null : plain;
  }

  /// Whether it was sealed with this key.
  static boolean opens(byte[] sealed, MasterKey key, SecureRandom random) {
    byte[] plain = new byte[Math.max(0, sealed.length - Sealer.OVERHEAD)];
    return new Sealer(key, random).open(sealed, 0, sealed.length, plain, 0) >= 0;
  }

  static Config decode(byte[] json) {
    JsonReader in = new JsonReader(json, "the config");
    long version = 0;
    String id = "";
    String polynomial = "";
    in.object();
    while (in.more()) {
      switch (in.name()) {
        case "version" -> version = in.number();
        case "id" -> id = in.string();
        case "chunker_polynomial" -> polynomial = in.string();
        default -> in.skip();
      }
    }
    if (version < 1 || version > VERSION) {
      throw new UnsupportedException(
          "repository.newer",
          "the repository is of version " + version + ", which this program does not know",
          "use a newer Backstay");
    }
    return new Config((int) version, id, polynomial(polynomial));
  }

  private static long polynomial(String hex) {
    try {
      long polynomial = Long.parseLong(hex, 16);
      if (Polynomial.irreducible(polynomial)) {
        return polynomial;
      }
    } catch (NumberFormatException e) {
      throw badPolynomial(hex);
    }
    throw badPolynomial(hex);
  }

  private static DamagedException badPolynomial(String hex) {
    return Damage.of(
        "repository.config-damaged",
        "config",
        "holds '" + hex + "', which is no chunker polynomial");
  }
}
