package dev.backstay.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ClusterIdentityTest {

  private static final String SERVER = ClusterIdentity.server("ab12");

  @Test
  void theUidDecides() {
    ClusterIdentity before = new ClusterIdentity("uid-1", SERVER);
    assertTrue(
        before.sameAs(new ClusterIdentity("uid-1", ClusterIdentity.server("other address"))));
    // The cluster was made anew at the same address.
    assertFalse(before.sameAs(new ClusterIdentity("uid-2", SERVER)));
  }

  @Test
  void theServerDecidesWhereOneSideMayNotReadTheUid() {
    ClusterIdentity admin = new ClusterIdentity("uid-1", SERVER);
    ClusterIdentity alice = new ClusterIdentity(SERVER, SERVER);
    assertTrue(admin.sameAs(alice));
    assertTrue(alice.sameAs(admin));
    assertFalse(alice.sameAs(new ClusterIdentity("uid-1", ClusterIdentity.server("cd34"))));
  }

  @Test
  void olderRestorePointsKnowNoServer() {
    ClusterIdentity old = new ClusterIdentity("uid-1", "");
    assertTrue(old.sameAs(new ClusterIdentity("uid-1", SERVER)));
    assertFalse(old.sameAs(new ClusterIdentity(SERVER, SERVER)));
    assertFalse(new ClusterIdentity(SERVER, "").sameAs(old));
  }
}
