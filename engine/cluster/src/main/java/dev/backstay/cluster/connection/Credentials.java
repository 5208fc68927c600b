package dev.backstay.cluster.connection;

import dev.backstay.cluster.kubeconfig.UserEntry;
import dev.backstay.model.CancelToken;
import dev.backstay.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What a user entry has to show the server, always the current state of it: files that change are
/// read again, expired output of plugins is renewed. Safe for use by many threads.
final class Credentials {

  /// As client-go: a token file is read at most this often.
  private static final Duration FILE_AGE = Duration.ofMinutes(1);

  private final UserEntry user;
  private final InstantSource clock;
  private final @Nullable ExecCredentials exec;
  private @Nullable ClientCertificate fileCertificate;
  private Instant certificateRead = Instant.MIN;
  private String fileToken = "";
  private Instant tokenRead = Instant.MIN;

  Credentials(UserEntry user, InstantSource clock, @Nullable ExecCredentials exec) {
    this.user = user;
    this.clock = clock;
    this.exec = exec;
  }

  /// The value of the Authorization header, or empty. May run a plugin.
  String authorization(CancelToken cancel) {
    if (!user.tokenFile().isEmpty()) {
      return "Bearer " + fileToken();
    }
    if (!user.token().isEmpty()) {
      return "Bearer " + user.token();
    }
    if (!user.username().isEmpty() || !user.password().isEmpty()) {
      byte[] pair = (user.username() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
    if (exec == null) {
      return "";
    }
    String token = exec.current(cancel).token();
    return token.isEmpty() ? "" : "Bearer " + token;
  }

  /// The client certificate, for a handshake; null if there is none.
  @Nullable ClientCertificate certificate() {
    if (!user.certificateFile().isEmpty() || !user.certificateData().isEmpty()) {
      return ownCertificate();
    }
    ExecCredentials.Issued issued = exec == null ? null : exec.last();
    return issued == null ? null : issued.certificate();
  }

  /// After a 401: gets newer credentials if there may be any.
  ///
  /// @param used the Authorization header that was refused
  /// @return whether a second try is worth it
  boolean refresh(String used, CancelToken cancel) {
    if (!user.tokenFile().isEmpty()) {
      synchronized (this) {
        tokenRead = Instant.MIN;
      }
      return !used.equals(authorization(cancel));
    }
    if (exec == null || !user.token().isEmpty() || !user.username().isEmpty()) {
      return false;
    }
    String token = used.startsWith("Bearer ") ? used.substring("Bearer ".length()) : "";
    exec.renew(token, cancel);
    return true;
  }

  private synchronized String fileToken() {
    if (clock.instant().isBefore(next(tokenRead))) {
      return fileToken;
    }
    try {
      fileToken = Files.readString(Path.of(user.tokenFile())).strip();
      tokenRead = clock.instant();
    } catch (IOException e) {
      if (fileToken.isEmpty() && user.token().isEmpty()) {
        throw new InvalidInputException(
            "kubeconfig.unreadable-file",
            "cannot read the token file " + user.tokenFile() + " of user " + user.name(),
            "check that the file exists and may be read",
            e);
      }
    }
    return fileToken.isEmpty() ? user.token() : fileToken;
  }

  private synchronized ClientCertificate ownCertificate() {
    boolean fresh = clock.instant().isBefore(next(certificateRead));
    if (fileCertificate != null && (fresh || user.certificateFile().isEmpty())) {
      return fileCertificate;
    }
    String what = "client certificate of user " + user.name();
    byte[] certificate = Pem.load(what, user.certificateData(), user.certificateFile());
    byte[] key = Pem.load("client key of user " + user.name(), user.keyData(), user.keyFile());
    ClientCertificate read = Pem.pair(what, certificate, key);
    fileCertificate = read;
    certificateRead = clock.instant();
    return read;
  }

  private static Instant next(Instant read) {
    return read.equals(Instant.MIN) ? read : read.plus(FILE_AGE);
  }
}
