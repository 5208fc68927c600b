package dev.backstay.repository.prune;

import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.LockedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.json.JsonReader;
import dev.backstay.repository.json.JsonWriter;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one prune beside writers that a repository has at a time: a file of a fixed name that the
/// store takes once.
///
/// It saves work; nothing is lost without it. Two prunes that claim at once, because one took the
/// other for dead, see each other's lock and wait for it as for a writer's.
final class Claim implements AutoCloseable {

  static final StoreKey KEY = new StoreKey(FileKind.CLAIM, "0".repeat(64));

  private static final Logger LOG = LoggerFactory.getLogger(Claim.class);
  private static final int NONCE = 16;

  private final PruneGround ground;
  private final byte[] sealed;

  private Claim(PruneGround ground, byte[] sealed) {
    this.ground = ground;
    this.sealed = sealed;
  }

  /// @param lock the origin of the lock that is held
  /// @throws LockedException if another prune is at work
  static Claim take(PruneGround ground, String lock) {
    byte[] sealed = ground.codecs().with(codec -> codec.seal(encode(ground, lock)));
    for (int attempt = 0; attempt < 2; attempt++) {
      try {
        ground.store().put(KEY, sealed);
        return new Claim(ground, sealed);
      } catch (ConflictException e) {
        if (holds(ground, sealed)) {
          return new Claim(ground, sealed);
        }
        removeIfLeftBehind(ground);
      }
    }
    throw claimed("somebody");
  }

  private static byte[] encode(PruneGround ground, String lock) {
    byte[] nonce = new byte[NONCE];
    ground.random().nextBytes(nonce);
    JsonWriter out = new JsonWriter(256);
    out.raw('{');
    out.field("hostname").string(ground.hostname());
    out.field("username").string(ground.username());
    out.field("lock").string(lock);
    out.field("nonce").string(HexFormat.of().formatHex(nonce));
    return out.raw('}').toBytes();
  }

  private static boolean holds(PruneGround ground, byte[] sealed) {
    try {
      return Arrays.equals(ground.store().get(KEY), sealed);
    } catch (NotFoundException e) {
      return false;
    }
  }

  /// Whoever claims holds a lock; a claim without one was left by a process that died.
  private static void removeIfLeftBehind(PruneGround ground) {
    try {
      Owner owner = decode(ground, ground.store().get(KEY));
      if (SetAside.locks(ground, "").stream().anyMatch(lock -> lock.origin().equals(owner.lock))) {
        throw claimed(owner.describe());
      }
      LOG.info("removing the claim of a dead prune: {}", owner.describe());
      ground.store().delete(KEY);
    } catch (NotFoundException e) {
      LOG.debug("the claim was given up meanwhile");
    }
  }

  private record Owner(String hostname, String username, String lock) {
    String describe() {
      return username + " on " + hostname;
    }
  }

  /// What cannot be read was torn while it was written, and is nobody's.
  private static Owner decode(PruneGround ground, byte[] sealed) {
    byte[] plain = new byte[Math.max(0, sealed.length - Sealer.OVERHEAD)];
    int size = ground.codecs().with(codec -> codec.open(sealed, plain));
    String hostname = "";
    String username = "";
    String lock = "";
    if (size > 0) {
      JsonReader in = new JsonReader(plain, "the claim of a prune");
      in.object();
      while (in.more()) {
        switch (in.name()) {
          case "hostname" -> hostname = in.string();
          case "username" -> username = in.string();
          case "lock" -> lock = in.string();
          default -> in.skip();
        }
      }
    }
    return new Owner(hostname, username, lock);
  }

  private static LockedException claimed(String who) {
    return new LockedException(
        "prune.claimed",
        "another prune is at work: " + who,
        "wait until it is done; if that process is gone, its lock goes with 'repo unlock'");
  }

  /// @throws LockedException if it was taken away
  void confirm() {
    if (!holds(ground, sealed)) {
      throw claimed("it took this one's claim away");
    }
  }

  @Override
  public void close() {
    try {
      if (holds(ground, sealed)) {
        ground.store().delete(KEY);
      }
    } catch (EngineException e) {
      LOG.warn("could not give up the claim: {}", e.getMessage());
    }
  }
}
