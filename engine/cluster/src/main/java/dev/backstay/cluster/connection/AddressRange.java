package dev.backstay.cluster.connection;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// CIDR ranges of `NO_PROXY`.
final class AddressRange {

  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

  private AddressRange() {}

  /// @param host only an address is inside a range: names are not looked up
  static boolean contains(String range, String host) {
    int slash = range.indexOf('/');
    String network = range.substring(0, slash);
    if (!LITERAL.matcher(host).matches() || !LITERAL.matcher(network).matches()) {
      return false;
    }
    try {
      int bits = Integer.parseInt(range.substring(slash + 1));
      byte[] wanted = InetAddress.ofLiteral(network).getAddress();
      byte[] actual = InetAddress.ofLiteral(host).getAddress();
      return wanted.length == actual.length && bits >= 0 && samePrefix(wanted, actual, bits);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean samePrefix(byte[] a, byte[] b, int bits) {
    for (int i = 0; i < Math.min(bits, a.length * 8); i++) {
      int mask = 0x80 >> (i % 8);
      if ((a[i / 8] & mask) != (b[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
