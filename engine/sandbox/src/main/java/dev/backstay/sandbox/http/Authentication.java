package dev.backstay.sandbox.http;

import dev.backstay.sandbox.access.Access;
import dev.backstay.sandbox.access.Attributes;
import dev.backstay.sandbox.access.Tokens;
import dev.backstay.sandbox.access.User;
import dev.backstay.sandbox.state.Refusal;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/// Bearer tokens and impersonation.
public final class Authentication {

  private final Tokens tokens;
  private final Access access;
  private final User withoutToken;

  /// @param withoutToken who a request without credentials is from
  public Authentication(Tokens tokens, Access access, User withoutToken) {
    this.tokens = tokens;
    this.access = access;
    this.withoutToken = withoutToken;
  }

  User user(Request request) throws Refusal {
    User user = bearer(request);
    String as = request.getHeaders().get("Impersonate-User");
    if (as == null) {
      return user;
    }
    List<String> groups = request.getHeaders().getValuesList("Impersonate-Group");
    check(user, "users", as);
    for (String group : groups) {
      check(user, "groups", group);
    }
    return User.impersonated(as, groups);
  }

  private User bearer(Request request) throws Refusal {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null) {
      return withoutToken;
    }
    String token = header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7) : "";
    return tokens
        .user(token.strip())
        .orElseThrow(() -> Refusal.of(401, "Unauthorized", "Unauthorized"));
  }

  private void check(User user, String what, String name) throws Refusal {
    Attributes wanted = new Attributes("impersonate", "", what, "", name);
    if (!access.allows(user, wanted)) {
      throw Refusal.of(
          403, "Forbidden", what + " \"" + name + "\" is forbidden: " + wanted.refusal(user));
    }
  }
}
