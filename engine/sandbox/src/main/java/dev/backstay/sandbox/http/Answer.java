package dev.backstay.sandbox.http;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;

/// Whole answers.
final class Answer {

  private Answer() {}

  static void json(Response response, Callback callback, int code, JsonNode body) {
    bytes(response, callback, code, "application/json", Json.bytes(body));
  }

  static void text(Response response, Callback callback, int code, String body) {
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    bytes(response, callback, code, "text/plain; charset=utf-8", utf8);
  }

  static void refuse(Response response, Callback callback, Refusal refusal) {
    int wait = (int) Json.number(refusal.status(), 0, "details", "retryAfterSeconds");
    if (wait > 0) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, Integer.toString(wait));
    }
    json(response, callback, refusal.code(), refusal.status());
  }

  static void bytes(Response response, Callback callback, int code, String type, byte[] body) {
    response.setStatus(code);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache, private");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
