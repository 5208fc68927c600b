package dev.backstay.repository.repair;

import dev.backstay.model.DamagedException;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.PackAudit;
import dev.backstay.repository.opened.PackWriter;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;

/// Moves what is intact in a damaged pack into new ones, as it is sealed.
final class Salvage {

  private final Opened opened;
  private final PackWriter writer;

  Salvage(Opened opened, PackWriter writer) {
    this.opened = opened;
    this.writer = writer;
  }

  void save(PackAudit audit) {
    for (PackEntry entry : audit.intact()) {
      if (writer.claim(entry.kind(), entry.id())) {
        byte[] sealed = new byte[entry.length()];
        opened
            .store()
            .read(
                new StoreKey(FileKind.PACK, audit.pack()),
                entry.offset(),
                sealed,
                0,
                sealed.length);
        writer.append(
            entry.kind(),
            entry.id(),
            verified(sealed, entry),
            0,
            sealed.length,
            entry.plainLength());
      }
    }
  }

  /// It was intact a moment ago; what goes into the new pack is what is verified now.
  private byte[] verified(byte[] sealed, PackEntry entry) {
    int size =
        opened
            .codecs()
            .with(c -> c.decode(sealed, 0, sealed.length, entry.plainLength(), entry.id()));
    if (size < 0) {
      throw new DamagedException(
          "repository.blob-lost",
          "the blob " + entry.id() + " could be read before and cannot be now",
          "look at the disk or connection, then make the plan again");
    }
    return sealed;
  }
}
