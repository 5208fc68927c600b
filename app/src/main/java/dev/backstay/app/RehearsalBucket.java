package dev.backstay.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Answers as an S3 server does, from memory, to whoever asks and whatever the signature: enough
/// for a [Rehearsal], which has no other server, and for nothing else.
final class RehearsalBucket implements AutoCloseable {

  private static final String BUCKET = "/rehearsal";

  private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  RehearsalBucket() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(BUCKET, this::handle);
    server.start();
  }

  /// As the command line takes it.
  String location() {
    return "s3:http://127.0.0.1:" + server.getAddress().getPort() + BUCKET + "/repository";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String key = path.length() > BUCKET.length() ? path.substring(BUCKET.length() + 1) : "";
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("ETag", "\"1\"");
      exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
      switch (exchange.getRequestMethod()) {
        case "PUT" -> {
          files.put(key, body);
          answer(exchange, 200, new byte[0]);
        }
        case "DELETE" -> {
          files.remove(key);
          answer(exchange, 204, new byte[0]);
        }
        default -> {
          if (key.isEmpty()) {
            answer(exchange, 200, list(exchange.getRequestURI().getRawQuery()));
          } else {
            content(exchange, files.get(key));
          }
        }
      }
    }
  }

  private static void content(HttpExchange exchange, byte @Nullable [] file) throws IOException {
    if (file == null) {
      answer(exchange, 404, xml("<Error><Code>NoSuchKey</Code></Error>"));
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      answer(exchange, 200, file);
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-");
    int from = Integer.parseInt(ends[0]);
    int end = Math.min(file.length, Integer.parseInt(ends[1]) + 1);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + file.length);
    answer(exchange, 206, Arrays.copyOfRange(file, from, end));
  }

  private byte[] list(String query) {
    if (!query.contains("list-type=2")) {
      return xml("<ListMultipartUploadsResult></ListMultipartUploadsResult>");
    }
    StringBuilder answer = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
    String prefix = "";
    for (String part : query.split("&")) {
      if (part.startsWith("prefix=")) {
        prefix = URLDecoder.decode(part.substring(7), StandardCharsets.UTF_8);
      }
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getKey().startsWith(prefix)) {
        answer
            .append("<Contents><Key>")
            .append(file.getKey())
            .append("</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>")
            .append(file.getValue().length)
            .append("</Size></Contents>");
      }
    }
    return xml(answer.append("</ListBucketResult>").toString());
  }

  private static byte[] xml(String text) {
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text).getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", "" + body.length);
    }
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
