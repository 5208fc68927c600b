package dev.backstay.cluster.connection;

import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/// Puts credentials and impersonation on every request, WebSockets included, and after a 401 tries
/// once more with fresh ones.
final class Authenticating implements Interceptor {

  private final Supplier<Credentials> current;
  private final Impersonation impersonation;

  /// @param current the credentials of now: a kubeconfig may be replaced while it is in use
  Authenticating(Supplier<Credentials> current, Impersonation impersonation) {
    this.current = current;
    this.impersonation = impersonation;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    CancelToken tag = chain.request().tag(CancelToken.class);
    CancelToken cancel = tag == null ? new CancelToken() : tag;
    Credentials credentials = current.get();
    try {
      String used = credentials.authorization(cancel);
      Response response = chain.proceed(dressed(chain.request(), used));
      if (response.code() != 401 || !credentials.refresh(used, cancel)) {
        return response;
      }
      response.close();
      return chain.proceed(dressed(chain.request(), credentials.authorization(cancel)));
    } catch (EngineException e) {
      throw new CarriedException(e);
    }
  }

  private Request dressed(Request plain, String authorization) {
    Request.Builder request = plain.newBuilder().header("User-Agent", "backstay");
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    if (!impersonation.user().isEmpty()) {
      request.header("Impersonate-User", impersonation.user());
    }
    impersonation.groups().forEach(g -> request.addHeader("Impersonate-Group", g));
    if (!impersonation.uid().isEmpty()) {
      request.header("Impersonate-Uid", impersonation.uid());
    }
    impersonation
        .extra()
        .forEach((key, values) ->
            values.forEach(v -> request.addHeader("Impersonate-Extra-" + escaped(key), v)));
    return request.build();
  }

  /// Header names allow few characters; the server undoes percent signs.
  private static String escaped(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
