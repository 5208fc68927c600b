package dev.backstay.workflow.restore;

import dev.backstay.cluster.apply.clean.StoredObject;
import dev.backstay.cluster.mover.MoverUser;
import dev.backstay.cluster.volume.PodMounts;
import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry;
import dev.backstay.model.FileEntry.FileType;
import dev.backstay.model.ItemFailure;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.snapshot.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// As whom a volume can be written where the cluster does not admit root: as the application ran
/// when the restore point was taken, else as the owner of most of its files.
final class MoverUsers {

  private final OpenRepository repository;
  private final Snapshot snapshot;
  private final CancelToken cancel;
  private final PodMounts pods;

  MoverUsers(
      OpenRepository repository,
      Snapshot snapshot,
      List<StoredObject> objects,
      CancelToken cancel) {
    this.repository = repository;
    this.snapshot = snapshot;
    this.cancel = cancel;
    this.pods =
        new PodMounts(
            objects.stream()
                .filter(o -> o.key().group().isEmpty() && o.key().kind().equals("Pod"))
                .map(StoredObject::object)
                .toList());
  }

  /// Empty if there is nobody but root.
  Optional<MoverUser> of(String pvc) {
    return pods.user(pvc).or(() -> owner(pvc)).map(MoverUser::writing);
  }

  private Optional<MoverUser> owner(String pvc) {
    Map<List<Long>, Long> owners =
        new VolumeTree(repository, snapshot, pvc, VolumePaths.WHOLE, cancel)
            .entries().stream()
                .filter(file -> file.type() == FileType.FILE && file.uid() != 0)
                .collect(Collectors.groupingBy(MoverUsers::owners, Collectors.counting()));
    return owners.entrySet().stream()
        .max(Comparator.comparingLong(Map.Entry::getValue))
        .map(e -> new MoverUser(e.getKey().getFirst(), e.getKey().getLast(), null, List.of()));
  }

  private static List<Long> owners(FileEntry file) {
    return List.of(file.uid(), file.gid());
  }

  /// What writing as this user means.
  static String loss(MoverUser user) {
    return "owners: "
        + user
        + " writes, and can give files to nobody else; the time of the volume's own folder";
  }

  static ItemFailure warning(String pvc, MoverUser user) {
    return new ItemFailure(
        "volumes/" + pvc,
        "restore.not-root",
        "a mover pod as root is not admitted, so "
            + user
            + " wrote the volume; files of other owners are reported one by one",
        "allow the Pod Security level 'baseline' while restoring, to get every owner back");
  }
}
