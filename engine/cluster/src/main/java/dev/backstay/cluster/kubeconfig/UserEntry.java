package dev.backstay.cluster.kubeconfig;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of `users`. Holds secrets, so it shows only its name. Empty texts stand for absent
/// fields.
///
/// @param name its name
/// @param file where it is defined, null for the user that a context without one has
/// @param certificateFile path of the client certificate, resolved against its file
/// @param certificateData the certificate itself in base64; wins over the file
/// @param keyFile path of its key, likewise
/// @param keyData the key itself in base64
/// @param token a bearer token
/// @param tokenFile path of a bearer token that may change; wins over the token
/// @param username for basic authentication
/// @param password for basic authentication
/// @param exec the program that yields credentials, or null
/// @param authProvider the name of a legacy auth provider, or empty
/// @param impersonation whom to act as
/// @param problems what is wrong with it, one sentence each
public record UserEntry(
    String name,
    @Nullable Path file,
    String certificateFile,
    String certificateData,
    String keyFile,
    String keyData,
    String token,
    String tokenFile,
    String username,
    String password,
    @Nullable ExecPlugin exec,
    String authProvider,
    Impersonation impersonation,
    List<String> problems) {

  /// Nobody.
  static final UserEntry ANONYMOUS =
      new UserEntry(
          "", null, "", "", "", "", "", "", "", "", null, "", Impersonation.NONE, List.of());

  @Override
  public String toString() {
    return name;
  }
}
