package dev.backstay.repository.key;

import dev.backstay.model.UnsupportedException;
import dev.backstay.repository.json.GoTime;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.seal.Scrypt;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.store.Damage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The plain JSON of one key file: how to get from a password to the master key (restic
/// `doc/design.rst`, "Keys, Encryption and MAC").
final class KeyFile {

  private static final int SALT = 64;
  private static final int DERIVED = 64;
  private static final int MAX_MEMORY = 1 << 30;

  private final int cost;
  private final int r;
  private final int p;
  private final byte[] salt;
  private final byte[] data;
  private final About about;

  /// What a key file says about itself without a password. Nobody vouches for it: it is not sealed.
  ///
  /// @param created as it stands
  record About(String created, String username, String hostname) {}

  private KeyFile(int cost, int r, int p, byte[] salt, byte[] data, About about) {
    this.cost = cost;
    this.r = r;
    this.p = p;
    this.salt = salt;
    this.data = data;
    this.about = about;
  }

  About about() {
    return about;
  }

  /// @param cost scrypt's N
  static byte[] create(
      MasterKey master,
      byte[] password,
      int cost,
      int r,
      int p,
      Instant created,
      String username,
      String hostname,
      SecureRandom random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    MasterKey own = MasterKey.of(Scrypt.derive(password, salt, cost, r, p, DERIVED));
    byte[] sealed = new Sealer(own, random).seal(write(master));
    JsonWriter out = new JsonWriter(512);
    out.raw('{');
    out.field("created").string(GoTime.format(created));
    out.field("username").string(username);
    out.field("hostname").string(hostname);
    out.field("kdf").string("scrypt");
    out.field("N").number(cost);
    out.field("r").number(r);
    out.field("p").number(p);
    out.field("salt").base64(salt);
    out.field("data").base64(sealed);
    return out.raw('}').toBytes();
  }

  private static byte[] write(MasterKey master) {
    JsonWriter out = new JsonWriter(256);
    out.raw('{').field("mac").raw('{');
    out.field("k").base64(master.macK());
    out.field("r").base64(master.macR());
    out.raw('}').field("encrypt").base64(master.encrypt());
    return out.raw('}').toBytes();
  }

  /// @param file its name, for messages
  static KeyFile parse(byte[] json, Object file) {
    JsonReader in = new JsonReader(json, "the key file " + file);
    String kdf = "";
    long cost = 0;
    long r = 0;
    long p = 0;
    byte[] salt = {};
    byte[] data = {};
    String created = "";
    String username = "";
    String hostname = "";
    in.object();
    while (in.more()) {
      switch (in.name()) {
        case "created" -> created = in.string();
        case "username" -> username = in.string();
        case "hostname" -> hostname = in.string();
        case "kdf" -> kdf = in.string();
        case "N" -> cost = in.number();
        case "r" -> r = in.number();
        case "p" -> p = in.number();
        case "salt" -> salt = base64(in, file);
        case "data" -> data = base64(in, file);
        default -> in.skip();
      }
    }
    if (!kdf.equals("scrypt")) {
      throw new UnsupportedException(
          "repository.key-kind",
          "the key file " + file + " uses '" + kdf + "' instead of scrypt",
          "use a newer Backstay");
    }
    // Bounds as Go's scrypt has them, and memory that a machine has.
    if (cost < 2
        || Long.bitCount(cost) != 1
        || r < 1
        || p < 1
        || cost > MAX_MEMORY
        || r > MAX_MEMORY
        || p > MAX_MEMORY
        || 128 * r * cost > MAX_MEMORY
        || 128 * r * p > MAX_MEMORY / 16) {
      throw Damage.of("repository.key-damaged", file, "holds scrypt parameters that cannot be");
    }
    About about = new About(created, username, hostname);
    return new KeyFile((int) cost, (int) r, (int) p, salt, data, about);
  }

  private static byte[] base64(JsonReader in, Object file) {
    try {
      return Base64.getDecoder().decode(in.string());
    } catch (IllegalArgumentException e) {
      throw Damage.of("repository.key-damaged", file, "holds bad base64");
    }
  }

  /// The master key, or null if it is another password's.
  @Nullable MasterKey open(byte[] password, SecureRandom random) {
    MasterKey own = MasterKey.of(Scrypt.derive(password, salt, cost, r, p, DERIVED));
    byte[] plain = new byte[Math.max(0, data.length - Sealer.OVERHEAD)];
    if (new Sealer(own, random).open(data, 0, data.length, plain, 0) < 0) {
      return null;
    }
    try {
      return read(plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static MasterKey read(byte[] plain) {
    JsonReader in = new JsonReader(plain, "the master key");
    byte[] encrypt = {};
    byte[] k = {};
    byte[] r = {};
    in.object();
    while (in.more()) {
      switch (in.name()) {
        case "encrypt" -> encrypt = base64(in, "keys");
        case "mac" -> {
          in.object();
          while (in.more()) {
            switch (in.name()) {
              case "k" -> k = base64(in, "keys");
              case "r" -> r = base64(in, "keys");
              default -> in.skip();
            }
          }
        }
        default -> in.skip();
      }
    }
    return new MasterKey(encrypt, k, r);
  }
}
