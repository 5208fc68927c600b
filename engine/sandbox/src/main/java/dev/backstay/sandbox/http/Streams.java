package dev.backstay.sandbox.http;

import dev.backstay.sandbox.state.Refusal;
import java.util.Set;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// `exec` and `portforward`: WebSockets.
public final class Streams {

  private static final Set<String> NAMES = Set.of("exec", "portforward", "attach");

  boolean takes(Call call) {
    return NAMES.contains(call.subresource()) && call.resource().storage().equals("pods");
  }

  void open(Call call, Response response, Callback callback) throws Refusal {
    if (!call.name().isEmpty()) {
      throw Refusal.badRequest("Upgrade request required");
    }
    Answer.text(response, callback, 200, "");
  }
}
