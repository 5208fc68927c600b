package dev.backstay.model;

/// Which cluster something is of. Users with few rights know it only by its server, others by the
/// uid of `kube-system` as well; what one of them made must be found by the other.
///
/// @param id the uid of `kube-system`, or `server` where that may not be read
/// @param server `server-` and a hash of the API server's address and CA; empty where it was not
///   noted (restore points of older versions)
public record ClusterIdentity(String id, String server) {

  private static final String PREFIX = "server-";

  /// @param hash of the server's address and CA, hex
  public static String server(String hash) {
    return PREFIX + hash;
  }

  /// Two uids decide it. The server decides only where one side lacks the uid, since another
  /// cluster may answer at an address that was used before.
  public boolean sameAs(ClusterIdentity other) {
    if (id.equals(other.id)) {
      return true;
    }
    boolean bothSure = !id.startsWith(PREFIX) && !other.id.startsWith(PREFIX);
    return !bothSure && !server.isEmpty() && server.equals(other.server);
  }
}
