package dev.backstay.sandbox;

import dev.backstay.model.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/// The demo cluster's content: a small shop in the namespace `shop`.
///
/// A database (StatefulSet `db`, PVC `data-db-0`), an upload service (Deployment `uploads`, PVC
/// `uploads`), ConfigMaps, Secrets, Services, a CronJob and a custom resource. Its files are the
/// same in every run.
public final class DemoShop {

  /// The namespace it lives in.
  public static final String NAMESPACE = "shop";

  /// How many earlier states there are; see [#earlierState(int)].
  public static final int EARLIER_STATES = 2;

  /// A file of the PVC `uploads` that is there in every state.
  public static final String A_FILE = "documents/invoice-0007.txt";

  /// The ConfigMap that differs between the states.
  public static final String A_CONFIG_MAP = "shop-settings";

  private final Sandbox sandbox;

  private DemoShop(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// Creates the shop in its present state and waits until its pods are ready.
  public static DemoShop install(Sandbox sandbox) {
    DemoShop shop = new DemoShop(sandbox);
    sandbox.apply("", resource("shop-definition.yaml"));
    sandbox.apply(NAMESPACE, settings(EARLIER_STATES));
    sandbox.apply(NAMESPACE, resource("shop.yaml"));
    sandbox.settle(Duration.ofSeconds(30));
    shop.presentState();
    return shop;
  }

  /// Turns files and configuration back to what they were.
  ///
  /// @param number 0 for the oldest, up to [#EARLIER_STATES] - 1
  public void earlierState(int number) {
    become(Objects.checkIndex(number, EARLIER_STATES));
  }

  /// Turns files and configuration to the present state again.
  public void presentState() {
    become(EARLIER_STATES);
  }

  private void become(int state) {
    sandbox.apply(NAMESPACE, settings(state));
    try {
      new ShopFiles(sandbox.volume(NAMESPACE, "data-db-0")).database(state);
      new ShopFiles(sandbox.volume(NAMESPACE, "uploads")).uploads(state);
    } catch (IOException e) {
      throw new StorageException(
          "sandbox.demo",
          "the demo shop's files cannot be written: " + e.getMessage(),
          "make room in the folder of the demo cluster",
          e);
    }
  }

  private static String settings(int state) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: "
        + A_CONFIG_MAP
        + ", labels: {app: shop}}, data: {SHOP_NAME: Chandlery, CURRENCY: EUR, RELEASE: \"3."
        + state
        + "\", FEATURES: \"search"
        + (state > 0 ? ",wishlist" : "")
        + (state > 1 ? ",gift-cards" : "")
        + "\"}}";
  }

  private static String resource(String name) {
    try (InputStream in = DemoShop.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StorageException("sandbox.demo", name + " cannot be read", "", e);
    }
  }
}
