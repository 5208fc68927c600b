package dev.backstay.s3;

import java.net.URI;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/// An S3 service in this process that keeps its buckets in memory.
public final class S3Service {

  public static final String SECRET = "s3-secret-0815";

  private static final String ID = "s3-id";

  private final S3Proxy proxy;

  private S3Service(S3Proxy proxy) {
    this.proxy = proxy;
  }

  public static S3Service start() throws Exception {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ID, SECRET)
            .build();
    proxy.start();
    while (!proxy.getState().equals("STARTED")) {
      Thread.sleep(10);
    }
    return new S3Service(proxy);
  }

  /// What a process needs in its environment.
  public Map<String, String> credentials() {
    return Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET);
  }

  public String location(String bucket, String prefix) {
    return "s3:http://127.0.0.1:" + proxy.getPort() + "/" + bucket + "/" + prefix;
  }

  public void stop() throws Exception {
    proxy.stop();
  }
}
