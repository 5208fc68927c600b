package dev.backstay.sandbox.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The bearer tokens that were given out. Safe for use by many threads.
public final class Tokens {

  private final Map<String, User> users = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  public String issue(User user) {
    byte[] secret = new byte[24];
    random.nextBytes(secret);
    byte[] text = Base64.getUrlEncoder().withoutPadding().encode(secret);
    String token = new String(text, StandardCharsets.US_ASCII);
    users.put(token, user);
    return token;
  }

  public Optional<User> user(String token) {
    return Optional.ofNullable(users.get(token));
  }
}
