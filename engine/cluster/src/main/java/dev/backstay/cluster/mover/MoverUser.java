package dev.backstay.cluster.mover;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// As whom a mover pod runs. Root reads and writes files of any owner; anybody else only what the
/// modes let it, but is admitted by the Pod Security level `restricted`.
///
/// @param uid the user
/// @param gid its first group
/// @param fsGroup the group that the kubelet gives the volume to, null for none
/// @param groups further groups
public record MoverUser(long uid, long gid, @Nullable Long fsGroup, List<Long> groups) {

  public static final MoverUser ROOT = new MoverUser(0, 0, null, List.of());

  public MoverUser {
    groups = List.copyOf(groups);
  }

  public boolean root() {
    return uid == 0;
  }

  /// For volumes that are read: a member of the volume's group, but the kubelet changes nothing.
  public MoverUser reading() {
    return new MoverUser(
        uid, gid, null, Stream.concat(groups.stream(), Stream.ofNullable(fsGroup)).toList());
  }

  /// For volumes that are written: a new volume belongs to root until the kubelet gives it to a
  /// group.
  public MoverUser writing() {
    return root() || fsGroup != null ? this : new MoverUser(uid, gid, gid, groups);
  }

  /// For people: `user 1000`.
  @Override
  public String toString() {
    return root() ? "root" : "user " + uid;
  }
}
