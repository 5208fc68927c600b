package dev.backstay.sandbox;

/// The demo cluster's content: a small shop in the namespace `shop`.
///
/// A database (StatefulSet `db`, PVC `data-db-0`), an upload service (Deployment `uploads`, PVC
/// `uploads`), ConfigMaps, Secrets, Services, a CronJob and a custom resource.
public final class DemoShop {

  /// The namespace it lives in.
  public static final String NAMESPACE = "shop";

  /// How many earlier states there are; see [#earlierState(int)].
  public static final int EARLIER_STATES = 2;

  private final Sandbox sandbox;

  private DemoShop(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// Creates the shop in its present state and waits until its pods are ready.
  public static DemoShop install(Sandbox sandbox) {
    return new DemoShop(sandbox);
  }

  /// Turns files and configuration back to what they were.
  ///
  /// @param number 0 for the oldest, up to [#EARLIER_STATES] - 1
  public void earlierState(int number) {
    sandbox.settle(java.time.Duration.ofSeconds(number));
  }

  /// Turns files and configuration to the present state again.
  public void presentState() {
    sandbox.settle(java.time.Duration.ZERO);
  }
}
