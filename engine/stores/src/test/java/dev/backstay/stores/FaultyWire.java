package dev.backstay.stores;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/// The network between a store and its service, with faults on order. One request a connection;
/// bytes pass as they are.
final class FaultyWire implements AutoCloseable {

  private static final int NONE = Integer.MAX_VALUE;

  /// What goes wrong.
  ///
  /// @param answer given instead of asking the service, empty to ask it
  /// @param delayMillis before anything
  /// @param sent bytes of the request's body that pass before the line breaks
  /// @param received bytes of the answer that pass before the line breaks
  record Fault(String answer, int delayMillis, int sent, int received) {

    static final Fault LOST_ANSWER = new Fault("", 0, NONE, 0);

    static Fault refused(int status, String code) {
      String body = "<Error><Code>" + code + "</Code><Message>as ordered</Message></Error>";
      return answered(status, body);
    }

    static Fault answered(int status, String body) {
      return new Fault(
          "HTTP/1.1 "
              + status
              + " Ordered\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body,
          0,
          NONE,
          NONE);
    }

    static Fault slow(int millis) {
      return new Fault("", millis, NONE, NONE);
    }

    static Fault cutAnswer(int received) {
      return new Fault("", 0, NONE, received);
    }

    static Fault tornRequest(int sent) {
      return new Fault("", 0, sent, NONE);
    }
  }

  private record Order(Predicate<String> requests, Fault fault) {}

  private static final Fault SOUND = new Fault("", 0, NONE, NONE);

  private final ServerSocket door;
  private final int target;
  private final Deque<Order> orders = new ArrayDeque<>();
  private final List<String> seen = new ArrayList<>();

  FaultyWire(int target) throws IOException {
    this.target = target;
    door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /// The next request whose first line matches meets the fault; so do as many more.
  void order(int times, Predicate<String> requests, Fault fault) {
    synchronized (orders) {
      for (int i = 0; i < times; i++) {
        orders.add(new Order(requests, fault));
      }
    }
  }

  /// First lines of the requests so far.
  List<String> seen() {
    synchronized (orders) {
      return List.copyOf(seen);
    }
  }

  private Fault next(String line) {
    synchronized (orders) {
      seen.add(line);
      for (Order order : orders) {
        if (order.requests().test(line)) {
          orders.remove(order);
          return order.fault();
        }
      }
      return SOUND;
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      Fault fault = next(head.substring(0, head.indexOf('\r')));
      Thread.sleep(fault.delayMillis());
      if (fault.answer().isEmpty()) {
        relay(head, client, fault);
      } else {
        answer(head, client, fault.answer());
      }
    } catch (IOException | InterruptedException e) {
      // The other side left, as it may.
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      last = (last << 8) | b;
      if (last == 0x0d0a0d0a) {
        return head.toString(StandardCharsets.ISO_8859_1)
            .replaceFirst("(?i)\r\nConnection: [^\r]*", "")
            .replaceFirst("\r\n", "\r\nConnection: close\r\n");
      }
    }
    return "";
  }

  private static void answer(String head, Socket client, String text) throws IOException {
    long body =
        head.lines()
            .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
            .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
            .findFirst()
            .orElse(0);
    OutputStream out = client.getOutputStream();
    if (!head.contains("100-continue")) {
      client.getInputStream().skipNBytes(body);
    }
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    client.shutdownOutput();
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private void relay(String head, Socket client, Fault fault) throws IOException {
    try (Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
      service.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      Thread.ofVirtual().start(() -> pump(client, service, fault.sent()));
      pump(service, client, fault.received());
    }
  }

  /// Until the one side ends, or so many bytes have passed: then both sides end.
  private static void pump(Socket from, Socket to, int most) {
    byte[] bytes = new byte[8192];
    int left = most;
    try {
      InputStream in = from.getInputStream();
      if (most == 0) {
        // The service is heard to the end: it did what it was asked.
        in.transferTo(OutputStream.nullOutputStream());
      }
      for (int n = left == 0 ? -1 : in.read(bytes); n >= 0 && left > 0; n = in.read(bytes)) {
        to.getOutputStream().write(bytes, 0, Math.min(n, left));
        to.getOutputStream().flush();
        left -= Math.min(n, left);
      }
      if (left == 0) {
        from.close();
        to.close();
      }
    } catch (IOException e) {
      // The other side left, as it may.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
