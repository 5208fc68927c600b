/// Bytes: a restic v2 repository over a dumb store of files. No Kubernetes, no SQL; usable on its
/// own as a Java library.
module dev.backstay.repository {
  requires transitive dev.backstay.model;
  requires com.github.luben.zstd_jni;
  requires org.bouncycastle.provider;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.backstay.repository;
  exports dev.backstay.repository.blob;
  exports dev.backstay.repository.browse;
  exports dev.backstay.repository.check;
  exports dev.backstay.repository.copy;
  exports dev.backstay.repository.forget;
  exports dev.backstay.repository.key;
  exports dev.backstay.repository.local;
  exports dev.backstay.repository.lock;
  exports dev.backstay.repository.maintenance;
  exports dev.backstay.repository.prune;
  exports dev.backstay.repository.repair;
  exports dev.backstay.repository.snapshot;
  exports dev.backstay.repository.stats;
  exports dev.backstay.repository.store;
  exports dev.backstay.repository.tree;
}
