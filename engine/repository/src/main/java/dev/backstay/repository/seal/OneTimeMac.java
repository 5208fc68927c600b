package dev.backstay.repository.seal;

/// Poly1305 over one message with a key that is used once. Safe for use by many threads.
@FunctionalInterface
interface OneTimeMac {

  /// Ours works everywhere; OpenSSL's uses the vectors of the processor and is several times faster
  /// on messages that are worth the call.
  OneTimeMac FASTEST = fastest();

  /// Writes the 16 bytes of the MAC.
  ///
  /// @param r the multiplier, 16 bytes, clamped by the callee
  /// @param s what is added at the end, 16 bytes
  void mac(byte[] r, byte[] s, byte[] message, int from, int length, byte[] out, int to);

  private static OneTimeMac fastest() {
    OneTimeMac other = OpenSslPoly1305.find().orElse(null);
    if (other == null) {
      return Poly1305::mac;
    }
    return (r, s, message, from, length, out, to) -> {
      if (length < OpenSslPoly1305.WORTH_IT) {
        Poly1305.mac(r, s, message, from, length, out, to);
      } else {
        other.mac(r, s, message, from, length, out, to);
      }
    };
  }
}
