package dev.backstay.repository.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Native memory for one system call, in a block that each thread has and uses again and again: a
/// walk makes hundreds of thousands of calls, and asking the C library for the memory of each would
/// take as long as the calls do.
///
/// Calls may nest; what is opened last is closed first, by the thread that opened it. What does not
/// fit into the block comes from the C library after all.
final class Scratch implements Arena {

  private static final long SIZE = 96 << 10;

  private static final ThreadLocal<Block> BLOCKS = ThreadLocal.withInitial(Block::new);

  private static final class Block {
    // Freed when its thread is no more.
    private final MemorySegment bytes = Arena.ofAuto().allocate(SIZE, 16);
    private long used;
  }

  private final Block block;
  private final long mark;
  private @Nullable Arena more;

  private Scratch(Block block) {
    this.block = block;
    mark = block.used;
  }

  static Scratch open() {
    return new Scratch(BLOCKS.get());
  }

  @Override
  public MemorySegment allocate(long size, long alignment) {
    long begin = (block.used + alignment - 1) & -alignment;
    if (alignment > 16 || begin + size > SIZE) {
      return overflow().allocate(size, alignment);
    }
    block.used = begin + size;
    return block.bytes.asSlice(begin, size).fill((byte) 0);
  }

  // Closed with this.
  @SuppressWarnings("MustBeClosedChecker")
  private Arena overflow() {
    Arena open = more == null ? Arena.ofConfined() : more;
    more = open;
    return open;
  }

  @Override
  public MemorySegment.Scope scope() {
    return block.bytes.scope();
  }

  @Override
  public void close() {
    block.used = mark;
    if (more != null) {
      more.close();
    }
  }
}
