package dev.backstay.repository.store;

import dev.backstay.model.CancelledException;
import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InternalException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.LockedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.model.UnreachableException;
import dev.backstay.model.UnsupportedException;

/// Files of the store that do not hold what they should: what is said about them, and which errors
/// are about them.
public final class Damage {

  private Damage() {}

  /// @param file the file, as the store names it
  /// @param how what is wrong with it, as the rest of a sentence
  public static DamagedException of(String code, Object file, String how) {
    return new DamagedException(
        code,
        "the file " + file + " of the repository " + how,
        "run 'repo check' to see what is affected; restore the file from a copy of the repository");
  }

  /// Whether an error of reading a file is about that file: it is gone, its bytes do not hold, its
  /// place does not give them. The others are about the way there and say nothing about the file.
  public static boolean isIn(EngineException error) {
    return switch (error) {
      case DamagedException _,
          InvalidInputException _,
          NotFoundException _,
          StorageException _,
          UnsupportedException _ ->
          true;
      case CancelledException _,
          ConflictException _,
          ForbiddenException _,
          InternalException _,
          LockedException _,
          TimedOutException _,
          UnauthenticatedException _,
          UnreachableException _ ->
          false;
    };
  }
}
