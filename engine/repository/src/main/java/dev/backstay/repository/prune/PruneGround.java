package dev.backstay.repository.prune;

import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.lock.WaitingClock;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.store.ObjectStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Function;

/// What a prune stands on.
///
/// @param codecs for bytes of blobs; files have their own
/// @param lock takes a lock, an exclusive one if so asked
/// @param hostname written into the claim
/// @param username written into the claim
/// @param threads how many work at once; 1 works on the caller's alone
/// @param order of setting aside: [AsideStep#ORDER], but for tests that prove the order matters
public record PruneGround(
    ObjectStore store,
    SealedFiles files,
    CodecPool codecs,
    MasterKey key,
    SecureRandom random,
    WaitingClock clock,
    Function<Boolean, RepositoryLock> lock,
    String hostname,
    String username,
    int threads,
    List<AsideStep> order) {}
