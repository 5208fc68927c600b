package dev.backstay.stores;

import dev.backstay.model.StoreOptions;
import dev.backstay.model.StorePlace;
import dev.backstay.model.StorePlace.Bucket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/// S3Proxy in this process: a real S3 service that keeps its objects in memory or in a folder.
final class ProxyServer implements AutoCloseable {

  static final String ID = "proxy-access";
  static final String SECRET = "proxy-secret-4711";

  private final S3Proxy proxy;

  private ProxyServer(BlobStore blobs) throws Exception {
    proxy =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ID, SECRET)
            .jettyMaxThreads(64)
            .build();
    proxy.start();
    while (!proxy.getState().equals("STARTED")) {
      Thread.sleep(10);
    }
  }

  static ProxyServer inMemory() throws Exception {
    return new ProxyServer(new TransientNio2BlobStore());
  }

  static ProxyServer in(Path folder) throws Exception {
    return new ProxyServer(new FilesystemNio2BlobStore(Files.createDirectories(folder).toString()));
  }

  int port() {
    return proxy.getPort();
  }

  /// @param rest `bucket/prefix`
  Bucket place(String rest) {
    return place(port(), rest);
  }

  static Bucket place(int port, String rest) {
    return (Bucket) StorePlace.parse("s3:http://127.0.0.1:" + port + "/" + rest);
  }

  static Map<String, String> environment() {
    return Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET);
  }

  S3Store store(String rest, StoreOptions options) {
    return S3Store.open(place(rest), options, environment(), InstantSource.system());
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
