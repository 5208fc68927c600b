package dev.backstay.repository.local;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/// A function of the C library that takes up to five numbers or addresses.
///
/// The processors of [Posix] pass both in the same registers, with or without `...` in the
/// declaration, and a function does not mind registers that it does not read. So one kind of call
/// does for all of them: linking each as it is declared takes a tenth of a second at every start.
///
/// @param function its address
/// @param isInt whether it returns an `int`, which leaves half of the register undefined
record LibraryCall(MemorySegment function, boolean isInt) {

  private static final Linker LINKER = Linker.nativeLinker();

  /// Where the calls leave `errno`.
  static final StructLayout STATE = Linker.Option.captureStateLayout();

  private static final MethodHandle CALL = link();

  // Native access is what this class is for; the launcher grants it.
  @SuppressWarnings("restricted")
  private static MethodHandle link() {
    return LINKER.downcallHandle(
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
        Linker.Option.captureCallState("errno"));
  }

  static LibraryCall ofInt(String name) {
    return new LibraryCall(LINKER.defaultLookup().findOrThrow(name), true);
  }

  static LibraryCall ofLong(String name) {
    return new LibraryCall(LINKER.defaultLookup().findOrThrow(name), false);
  }

  /// @param state of [#STATE]
  long with(MemorySegment state, long a) {
    return with(state, a, 0, 0, 0, 0);
  }

  long with(MemorySegment state, long a, long b) {
    return with(state, a, b, 0, 0, 0);
  }

  long with(MemorySegment state, long a, long b, long c) {
    return with(state, a, b, c, 0, 0);
  }

  long with(MemorySegment state, long a, long b, long c, long d) {
    return with(state, a, b, c, d, 0);
  }

  /// Memory whose address is handed over has to stay alive until this returns.
  long with(MemorySegment state, long a, long b, long c, long d, long e) {
    try {
      long result = (long) CALL.invokeExact(function, state, a, b, c, d, e);
      return isInt ? (int) result : result;
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }
}
