package dev.backstay.stores;

import dev.backstay.model.CancelToken;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Keeps the mean rate of bytes below a limit, over all threads together: a call waits until those
/// before it have used up their share of time. Single calls run at full speed.
///
/// Files of locks pass: a lock that is not renewed in time is lost. Other small files do not wait
/// either, but what comes after them does: an index file tells other writers what they need not
/// store, and that cannot wait behind packs.
public final class ThrottledStore extends ForwardingStore {

  private final Lane up;
  private final Lane down;
  private final Waits waits = new Waits();

  /// @param up bytes a second, 0 for no limit
  /// @param down bytes a second, 0 for no limit
  public ThrottledStore(ObjectStore store, long up, long down) {
    this(store, up, down, System::nanoTime);
  }

  ThrottledStore(ObjectStore store, long up, long down, LongSupplier nanos) {
    super(store);
    this.up = new Lane(up, nanos);
    this.down = new Lane(down, nanos);
  }

  /// One direction.
  static final class Lane {
    private final long rate;
    private final LongSupplier nanos;
    private long free;
    // Bytes of packs that have been waited for and not been put yet.
    private long ahead;

    Lane(long rate, LongSupplier nanos) {
      this.rate = rate;
      this.nanos = nanos;
      free = nanos.getAsLong();
    }

    /// Books the time that so many bytes take.
    ///
    /// @return how long to wait before they may go
    synchronized Duration book(long bytes) {
      if (rate <= 0) {
        return Duration.ZERO;
      }
      long now = nanos.getAsLong();
      long begin = free - now > 0 ? free : now;
      free = begin + (long) (bytes * 1e9 / rate);
      return Duration.ofNanos(begin - now);
    }

    /// The same for the next packs.
    synchronized Duration bookAhead(long bytes) {
      Duration wait = book(bytes);
      ahead += bytes;
      return wait;
    }

    /// The same for a pack, unless it was booked ahead.
    synchronized Duration bookPack(long bytes) {
      long booked = Math.min(ahead, bytes);
      ahead -= booked;
      return booked == bytes ? Duration.ZERO : book(bytes - booked);
    }

    synchronized void giveBack(long bytes) {
      long back = Math.min(ahead, bytes);
      ahead -= back;
      if (rate > 0) {
        free -= (long) (back * 1e9 / rate);
      }
    }
  }

  private void pass(Lane lane, FileKind kind, long bytes) {
    await(kind == FileKind.LOCK ? Duration.ZERO : lane.book(bytes));
  }

  private void await(Duration wait) {
    if (!wait.isZero()) {
      // Cut short only when the work is over, and then the call no longer matters.
      waits.pause(wait);
    }
  }

  @Override
  public Turn turn(long bytes) {
    await(up.bookAhead(bytes));
    return up::giveBack;
  }

  @Override
  public void put(StoreKey key, byte[] bytes, int from, int length) {
    if (key.kind() == FileKind.PACK) {
      await(up.bookPack(length));
    } else if (key.kind() != FileKind.LOCK) {
      up.book(length);
    }
    store.put(key, bytes, from, length);
  }

  /// The size is known only afterwards: the next call pays for it.
  @Override
  public byte[] get(StoreKey key) {
    pass(down, key.kind(), 0);
    byte[] bytes = store.get(key);
    if (key.kind() != FileKind.LOCK) {
      down.book(bytes.length);
    }
    return bytes;
  }

  @Override
  public void read(StoreKey key, long offset, byte[] into, int from, int length) {
    pass(down, key.kind(), length);
    store.read(key, offset, into, from, length);
  }

  @Override
  public void readTree(StoreKey key, long offset, byte[] into, int from, int length) {
    pass(down, key.kind(), length);
    store.readTree(key, offset, into, from, length);
  }

  @Override
  public CancelToken.Registration during(CancelToken work) {
    CancelToken.Registration here = waits.during(work);
    CancelToken.Registration below = store.during(work);
    return () -> {
      below.close();
      here.close();
    };
  }

  @Override
  public void close() {
    waits.close();
    super.close();
  }
}
