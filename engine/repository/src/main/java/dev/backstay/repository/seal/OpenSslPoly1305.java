package dev.backstay.repository.seal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
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

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup library;
  private final MethodHandle open;
  private final MethodHandle begin;
  private final MethodHandle update;
  private final MethodHandle end;
  private final MethodHandle close;
  private final MemorySegment algorithm;

  private OpenSslPoly1305(SymbolLookup library) throws Throwable {
    this.library = library;
    MethodHandle fetch = call("EVP_MAC_fetch", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      algorithm =
          (MemorySegment)
              fetch.invokeExact(
                  MemorySegment.NULL, arena.allocateFrom("POLY1305"), MemorySegment.NULL);
    }
    open = call("EVP_MAC_CTX_new", ADDRESS, ADDRESS);
    begin = call("EVP_MAC_init", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    update = call("EVP_MAC_update", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    end = call("EVP_MAC_final", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    close = call("EVP_MAC_CTX_free", null, ADDRESS);
  }

  // Native access is what this class is for; the launcher grants it.
  @SuppressWarnings("restricted")
  private MethodHandle call(
      String name,
      @org.jspecify.annotations.Nullable MemoryLayout result,
      MemoryLayout... arguments) {
    FunctionDescriptor shape =
        result == null
            ? FunctionDescriptor.ofVoid(arguments)
            : FunctionDescriptor.of(result, arguments);
    return linker.downcallHandle(library.findOrThrow(name), shape, Linker.Option.critical(true));
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
      MemorySegment context = (MemorySegment) open.invokeExact(algorithm);
      try {
        calculate(context, key, message, from, length, out, to);
      } finally {
        close.invokeExact(context);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Poly1305", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private void calculate(
      MemorySegment context, byte[] key, byte[] message, int from, int length, byte[] out, int to)
      throws Throwable {
    MemorySegment heapKey = MemorySegment.ofArray(key);
    succeeded((int) begin.invokeExact(context, heapKey, KEY, MemorySegment.NULL));
    MemorySegment bytes = MemorySegment.ofArray(message);
    for (int done = 0; done < length; done += PIECE) {
      long size = Math.min(PIECE, length - done);
      MemorySegment piece = bytes.asSlice(from + done, size);
      succeeded((int) update.invokeExact(context, piece, size));
    }
    MemorySegment result = MemorySegment.ofArray(out).asSlice(to, MAC);
    succeeded((int) end.invokeExact(context, result, MemorySegment.NULL, MAC));
  }

  private static void succeeded(int result) {
    if (result != 1) {
      throw new IllegalStateException("OpenSSL's Poly1305 failed");
    }
  }
}
