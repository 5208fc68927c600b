package dev.backstay.cluster.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SmallPartsTest {

  private static byte[] pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsPkcs1() throws Exception {
    for (int bits : List.of(1024, 2048, 4096)) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      PrivateKey key = generator.generateKeyPair().getPrivate();
      byte[] pkcs8 = key.getEncoded();
      // SEQUENCE, version (3 bytes), algorithm (15), OCTET STRING: each header of 4 bytes.
      byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 4 + 3 + 15 + 4, pkcs8.length);
      assertEquals(key, PemKey.read(pem("RSA PRIVATE KEY", pkcs1)));
      assertEquals(key, PemKey.read(pem("PRIVATE KEY", pkcs8)));
    }
  }

  @Test
  void readsSec1() throws Exception {
    Map<String, String> curves =
        Map.of("secp256r1", "06082a8648ce3d030107", "secp384r1", "06052b81040022");
    for (Map.Entry<String, String> curve : curves.entrySet()) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve.getKey()));
      var key = (ECPrivateKey) generator.generateKeyPair().getPrivate();
      int size = (key.getParams().getOrder().bitLength() + 7) / 8;
      byte[] number = key.getS().toByteArray();
      byte[] secret = new byte[size];
      int length = Math.min(size, number.length);
      System.arraycopy(number, number.length - length, secret, size - length, length);
      byte[] oid = HexFormat.of().parseHex(curve.getValue());
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      content.writeBytes(new byte[] {2, 1, 1, 4, (byte) size});
      content.writeBytes(secret);
      content.writeBytes(new byte[] {(byte) 0xa0, (byte) oid.length});
      content.writeBytes(oid);
      ByteArrayOutputStream sec1 = new ByteArrayOutputStream();
      sec1.writeBytes(new byte[] {0x30, (byte) content.size()});
      sec1.writeBytes(content.toByteArray());
      var read = (ECPrivateKey) PemKey.read(pem("EC PRIVATE KEY", sec1.toByteArray()));
      assertEquals(key.getS(), read.getS());
      assertEquals(key.getParams().getOrder(), read.getParams().getOrder());
    }
  }

  @Test
  void brokenKeysAreRefused() {
    for (String label : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY")) {
      for (byte[] der :
          List.of(new byte[0], new byte[] {0x30}, new byte[] {0x30, (byte) 0xff, 1})) {
        assertThrows(GeneralSecurityException.class, () -> PemKey.read(pem(label, der)));
      }
    }
    assertThrows(
        GeneralSecurityException.class,
        () -> PemKey.read(pem("ENCRYPTED PRIVATE KEY", new byte[] {1})));
  }

  @Test
  void proxiesOfTheEnvironment() {
    Map<String, String> env =
        Map.of(
            "HTTPS_PROXY", "http://proxy:1",
            "http_proxy", "http://plain:2",
            "NO_PROXY", "10.0.0.0/8, .internal,exact.example,with.port:6443,*.star.example");
    assertEquals("http://proxy:1", ProxyChoice.ofEnvironment("https://a.example", env));
    assertEquals("http://plain:2", ProxyChoice.ofEnvironment("http://a.example", env));
    for (String bypassed :
        List.of(
            "https://10.1.2.3:6443",
            "https://x.internal",
            "https://exact.example",
            "https://sub.exact.example",
            "https://with.port:6443",
            "https://a.star.example",
            "https://localhost:1",
            "https://127.0.0.1:16443",
            "https://[::1]:1")) {
      assertEquals("", ProxyChoice.ofEnvironment(bypassed, env), bypassed);
    }
    assertEquals("http://proxy:1", ProxyChoice.ofEnvironment("https://with.port:443", env));
    assertEquals("http://proxy:1", ProxyChoice.ofEnvironment("https://11.1.2.3", env));
    assertEquals(
        "", ProxyChoice.ofEnvironment("https://a", Map.of("HTTPS_PROXY", "x", "no_proxy", "*")));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no login shells")
  void theLoginShellsPathIsImported(@TempDir Path folder) throws Exception {
    Path shell = folder.resolve("shell");
    Files.writeString(shell, "#!/bin/sh\necho Welcome!\nPATH=/from/profile:$PATH\neval \"$3\"\n");
    assertTrue(shell.toFile().setExecutable(true));
    Files.createDirectories(folder.resolve(".krew/bin"));
    Map<String, String> process =
        Map.of("PATH", "/bin:/usr/bin", "SHELL", shell.toString(), "HOME", folder.toString());
    List<String> path = path(LoginShell.environment(process, Duration.ofSeconds(20)));
    assertEquals(List.of("/bin", "/usr/bin", "/from/profile"), path.subList(0, 3));
    assertTrue(path.contains(folder.resolve(".krew/bin").toString()));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no login shells")
  void aShellThatHangsIsLeft(@TempDir Path folder) throws Exception {
    Path shell = folder.resolve("shell");
    Files.writeString(shell, "#!/bin/sh\nsleep 1000\n");
    assertTrue(shell.toFile().setExecutable(true));
    Map<String, String> process = Map.of("PATH", "/bin:/usr/bin", "SHELL", shell.toString());
    long start = System.nanoTime();
    List<String> path = path(LoginShell.environment(process, Duration.ofMillis(300)));
    assertEquals(List.of("/bin", "/usr/bin"), path.subList(0, 2));
    assertTrue(System.nanoTime() - start < 5_000_000_000L);
  }

  private static List<String> path(Map<String, String> environment) {
    return List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator));
  }
}
