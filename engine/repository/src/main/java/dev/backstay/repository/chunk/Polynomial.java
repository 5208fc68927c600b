package dev.backstay.repository.chunk;

import java.security.SecureRandom;

/// Polynomials over GF(2), bit i being the factor of x^i.
public final class Polynomial {

  /// What chunkers use.
  public static final int DEGREE = 53;

  private Polynomial() {}

  /// A random irreducible polynomial of degree 53.
  public static long random(SecureRandom random) {
    long mask = (1L << DEGREE) - 1;
    long candidate;
    do {
      // Without the constant term x would divide it.
      candidate = (random.nextLong() & mask) | (1L << DEGREE) | 1;
    } while (!irreducible(candidate));
    return candidate;
  }

  static int degree(long polynomial) {
    return 63 - Long.numberOfLeadingZeros(polynomial);
  }

  static long mod(long value, long polynomial) {
    int degree = degree(polynomial);
    long rest = value;
    while (rest != 0 && degree(rest) >= degree) {
      rest ^= polynomial << (degree(rest) - degree);
    }
    return rest;
  }

  private static long multiply(long a, long b, long polynomial) {
    long top = 1L << degree(polynomial);
    long product = 0;
    long shifted = a;
    for (long bits = b; bits != 0; bits >>>= 1) {
      if ((bits & 1) != 0) {
        product ^= shifted;
      }
      shifted <<= 1;
      if ((shifted & top) != 0) {
        shifted ^= polynomial;
      }
    }
    return product;
  }

  /// Rabin's test. The degree is prime, so it is irreducible if x^(2^53) = x and x^2 - x shares no
  /// factor with it.
  public static boolean irreducible(long polynomial) {
    if (degree(polynomial) != DEGREE) {
      return false;
    }
    long power = 2;
    for (int i = 0; i < DEGREE; i++) {
      power = multiply(power, power, polynomial);
    }
    return power == 2 && gcd(polynomial, 0b110) == 1;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, mod(a, b));
  }
}
