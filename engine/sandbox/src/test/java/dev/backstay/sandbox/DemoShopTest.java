package dev.backstay.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoShopTest {

  @Test
  void hasAHistoryAndARunningPresent(@TempDir Path folder) throws IOException {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder))) {
      DemoShop shop = DemoShop.install(sandbox);
      long present = count(sandbox.volume("shop", "uploads"));

      assertTrue(present > 300, Long.toString(present));
      assertTrue(sandbox.get("pods", "shop", "db-0").orElseThrow().contains("\"Running\""));
      assertTrue(Files.exists(sandbox.volume("shop", "uploads").resolve(DemoShop.A_FILE)));

      shop.earlierState(0);
      assertTrue(count(sandbox.volume("shop", "uploads")) < present);
      assertFalse(settings(sandbox).contains("wishlist"));
      shop.presentState();
      assertEquals(present, count(sandbox.volume("shop", "uploads")));
      assertTrue(settings(sandbox).contains("gift-cards"));
    }
  }

  private static String settings(Sandbox sandbox) {
    return sandbox.get("configmaps", "shop", DemoShop.A_CONFIG_MAP).orElseThrow();
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.count();
    }
  }
}
