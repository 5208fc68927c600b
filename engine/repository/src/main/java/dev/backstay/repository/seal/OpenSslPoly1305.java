package dev.backstay.repository.seal;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Poly1305 of the system's OpenSSL 3 (`EVP_MAC`), where there is one. Used only after it has
/// agreed with ours.
final class OpenSslPoly1305 implements OneTimeMac {

  /// Bytes from which on the calls cost less than they save.
  static final int WORTH_IT = 1024;

  // No garbage collection can happen while heap memory is lent out, so it is lent for microseconds.
  private static final int PIECE = 64 << 10;
  private static final long MAC = 16;
  private static final long KEY = 32;

  // One kind of call for all of them, because linking takes its time: two addresses, a number, an
  // address, and a number or address back. A function does not mind registers that it does not
  // read, and numbers and addresses share them.
  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);

  private final MethodHandle call;
  private final MemorySegment open;
  private final MemorySegment begin;
  private final MemorySegment update;
  private final MemorySegment end;
  private final MemorySegment close;
  private final MemorySegment algorithm;

  // Native access is what this class is for; the launcher grants it.
  @SuppressWarnings("restricted")
  private OpenSslPoly1305(SymbolLookup library) {
    call = Linker.nativeLinker().downcallHandle(SHAPE, Linker.Option.critical(true));
    open = library.findOrThrow("EVP_MAC_CTX_new");
    begin = library.findOrThrow("EVP_MAC_init");
    update = library.findOrThrow("EVP_MAC_update");
    end = library.findOrThrow("EVP_MAC_final");
    close = library.findOrThrow("EVP_MAC_CTX_free");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom("POLY1305");
      algorithm =
          MemorySegment.ofAddress(call(library.findOrThrow("EVP_MAC_fetch"), NULL, name, 0, NULL));
    }
  }

  private long call(
      MemorySegment function, MemorySegment a, MemorySegment b, long c, MemorySegment d) {
    try {
      return (long) call.invokeExact(function, a, b, c, d);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Poly1305", e);
    }
  }

  /// Empty where there is no such library, or where it is not to be trusted.
  // Native access is what this class is for; the launcher grants it.
  @SuppressWarnings("restricted")
  static Optional<OneTimeMac> find() {
    try {
      OpenSslPoly1305 found =
          new OpenSslPoly1305(SymbolLookup.libraryLookup("libcrypto.so.3", Arena.global()));
      return found.algorithm.address() != 0 && found.agrees()
          ? Optional.of(found)
          : Optional.empty();
    } catch (Throwable e) {
      // Another system, another version, or no native access: ours will do.
      return Optional.empty();
    }
  }

  private boolean agrees() {
    byte[] key = HexFormat.of().parseHex("0123456789abcdef".repeat(2));
    byte[] message = new byte[PIECE + 2 * WORTH_IT + 7];
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) (i * 31);
    }
    byte[] ours = new byte[(int) MAC];
    byte[] theirs = new byte[(int) MAC];
    Poly1305.mac(key, message, message, 1, message.length - 1, ours, 0);
    mac(key, message, message, 1, message.length - 1, theirs, 0);
    return Arrays.equals(ours, theirs);
  }

  @Override
  public void mac(byte[] r, byte[] s, byte[] message, int from, int length, byte[] out, int to) {
    byte[] key = new byte[(int) KEY];
    System.arraycopy(r, 0, key, 0, (int) MAC);
    System.arraycopy(s, 0, key, (int) MAC, (int) MAC);
    try {
      MemorySegment context = MemorySegment.ofAddress(call(open, algorithm, NULL, 0, NULL));
      try {
        calculate(context, key, message, from, length, out, to);
      } finally {
        call(close, context, NULL, 0, NULL);
      }
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private void calculate(
      MemorySegment context, byte[] key, byte[] message, int from, int length, byte[] out, int to) {
    succeeded(call(begin, context, MemorySegment.ofArray(key), KEY, NULL));
    MemorySegment bytes = MemorySegment.ofArray(message);
    for (int done = 0; done < length; done += PIECE) {
      long size = Math.min(PIECE, length - done);
      succeeded(call(update, context, bytes.asSlice(from + done, size), size, NULL));
    }
    // The third is where it would write the length, the fourth the room there is.
    MemorySegment result = MemorySegment.ofArray(out).asSlice(to, MAC);
    succeeded(call(end, context, result, 0, MemorySegment.ofAddress(MAC)));
  }

  private static void succeeded(long result) {
    // An int: the rest of the register is undefined.
    if ((int) result != 1) {
      throw new IllegalStateException("OpenSSL's Poly1305 failed");
    }
  }
}
