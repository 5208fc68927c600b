package dev.backstay.repository.check;

import dev.backstay.repository.key.KeyInfo;
import dev.backstay.repository.key.RepositoryKeys;
import dev.backstay.repository.lock.LockInfo;
import dev.backstay.repository.lock.Locks;
import dev.backstay.repository.opened.Opened;

/// Keys and locks: no restore needs them all, and still somebody should know.
final class SmallFiles {

  private final Opened opened;
  private final Findings findings;

  SmallFiles(Opened opened, Findings findings) {
    this.opened = opened;
    this.findings = findings;
  }

  void check() {
    for (KeyInfo key : new RepositoryKeys(opened).list()) {
      if (!key.damage().isEmpty()) {
        findings.error(
            "repository.key-damaged",
            "keys/" + key.id(),
            key.damage(),
            "its password opens nothing any more: restore the file from a copy, or run"
                + " 'repo key remove' and 'repo key add'");
      }
    }
    Locks locks = new Locks(opened.store(), opened.files(), opened.clock(), opened.hostname());
    for (LockInfo lock : locks.list()) {
      if (!lock.readable()) {
        findings.hint(
            "repository.lock-unreadable",
            "locks/" + lock.id(),
            "cannot be read",
            "if nobody works with the repository, run 'repo unlock --remove-all'");
      }
    }
  }
}
