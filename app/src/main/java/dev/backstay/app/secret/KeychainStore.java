package dev.backstay.app.secret;

import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Secret;
import dev.backstay.model.UnsupportedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keychain of macOS, Credential Manager of Windows, Secret Service of Linux. Each call runs on a
/// daemon thread and is given up after some seconds: a locked keyring without anybody to unlock it
/// waits for ever.
public final class KeychainStore implements SecretStore {

  private static final Logger LOG = LoggerFactory.getLogger(KeychainStore.class);
  private static final String SERVICE = "backstay";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private KeychainStore() {}

  /// The keychain if this session can have one, else [SecretStore#NONE].
  public static SecretStore of(Map<String, String> environment) {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    return linux && !hasSessionBus(environment) ? NONE : new KeychainStore();
  }

  private static boolean hasSessionBus(Map<String, String> environment) {
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    return !environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").isBlank()
        || (!runtime.isBlank() && Files.exists(Path.of(runtime, "bus")));
  }

  @Override
  public Optional<Secret> find(String name) {
    try {
      return Optional.of(Secret.of(call(ring -> ring.getPassword(SERVICE, name))));
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("no password from the keychain", e);
      return Optional.empty();
    }
  }

  @Override
  public void keep(String name, Secret secret) {
    String text = new String(secret.utf8(), StandardCharsets.UTF_8);
    try {
      call(ring -> {
        ring.setPassword(SERVICE, name, text);
        return "";
      });
    } catch (ExecutionException | TimeoutException e) {
      throw absent(e);
    }
  }

  @Override
  public void remove(String name) {
    try {
      call(ring -> {
        ring.deletePassword(SERVICE, name);
        return "";
      });
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PasswordAccessException) {
        throw new NotFoundException(
            "keychain.not-found", "the keychain holds no password for " + name, "", e);
      }
      throw absent(e);
    } catch (TimeoutException e) {
      throw absent(e);
    }
  }

  static UnsupportedException absent(@Nullable Throwable cause) {
    return new UnsupportedException(
        "keychain.absent",
        "the keychain of this session cannot be reached",
        "give the password with --password-file or --password-command",
        cause);
  }

  private interface Call {
    String on(Keyring ring) throws Exception;
  }

  private static String call(Call call) throws ExecutionException, TimeoutException {
    FutureTask<String> task =
        new FutureTask<>(() -> {
          Keyring ring = Keyring.create();
          try {
            return call.on(ring);
          } finally {
            ring.close();
          }
        });
    Thread.ofPlatform().daemon().name("keychain").start(task);
    try {
      return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    }
  }
}
