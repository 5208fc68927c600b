package dev.backstay.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.StorePlace.Bucket;
import dev.backstay.model.StorePlace.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryLocationTest {

  private static StorePlace place(String text) {
    return new RepositoryLocation(text).place();
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/repo,/srv/repo",
    "local:/srv/repo,/srv/repo",
    "local:repo,repo",
    "repo,repo",
    "./s3:x,./s3:x",
    "C:\\repo,C:\\repo",
    "s3,s3",
    "a:b/c,a:b/c",
  })
  void folders(String text, String path) {
    assertEquals(new Folder(path), place(text));
  }

  @ParameterizedTest
  @CsvSource({
    "s3:https://host/bucket,true,host,bucket,''",
    "s3:http://host:9000/bucket/a/b,false,host:9000,bucket,a/b",
    "s3:host/bucket,true,host,bucket,''",
    "s3://host/bucket/p,true,host,bucket,p",
    "s3:host:9000/bucket/p/,true,host:9000,bucket,p",
    "s3:https://host/bucket//a//b/,true,host,bucket,a/b",
    "s3:s3.amazonaws.com/bucket,true,s3.amazonaws.com,bucket,''",
    "s3:https://[::1]:9000/bucket,true,[::1]:9000,bucket,''",
  })
  void buckets(String text, boolean tls, String host, String bucket, String prefix) {
    Bucket expected = new Bucket(tls, host, bucket, prefix);
    assertEquals(expected, place(text));
    assertEquals(expected, place(expected.text()));
  }

  @ParameterizedTest
  @CsvSource({
    "s3.amazonaws.com,true,''",
    "s3.eu-central-1.amazonaws.com,true,eu-central-1",
    "s3-eu-west-1.amazonaws.com,true,eu-west-1",
    "s3.dualstack.us-east-2.amazonaws.com,true,us-east-2",
    "s3.amazonaws.com.evil.example,false,''",
    "minio.example,false,''",
  })
  void amazon(String host, boolean amazon, String region) {
    Bucket bucket = (Bucket) place("s3:" + host + "/bucket");
    assertEquals(amazon, bucket.amazon());
    assertEquals(region, bucket.namedRegion());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:",
        "s3:host",
        "s3:https://host",
        "s3:https://host/",
        "s3:https:///bucket",
        "s3:https://host/../x",
        "s3:https://host/bucket/../x",
        "s3:https://host/bucket?versionId=1",
        "s3:https://ho st/bucket",
        "s3:https://host:port/bucket",
        "s3:https://host/bu cket",
        "local:",
        "local: "
      })
  void whatNamesNoPlace(String text) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> place(text));
    assertEquals("repository.bad-location", e.code());
    assertFalse(e.remedy().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:https://AKIAKEY:hunter2secret@host/bucket",
        "s3:AKIAKEY:hunter2secret@host/bucket",
        "s3:https://AKIAKEY:hunter2/secret@host/bucket",
        "s3:http://host/hunter2secret@bucket",
      })
  void secretsAreRefusedAndNotRepeated(String text) {
    InvalidInputException e = assertThrows(InvalidInputException.class, () -> place(text));
    assertFalse((e.getMessage() + e.remedy()).contains("hunter2"));
    assertFalse((e.getMessage() + e.remedy()).contains("AKIAKEY"));
  }

  @Test
  void otherPlacesOfResticAreRefusedByName() {
    for (String text : new String[] {"sftp:host:/x", "rest:http://h/", "b2:x", "https://h/b"}) {
      InvalidInputException e = assertThrows(InvalidInputException.class, () -> place(text));
      assertEquals("repository.store-unsupported", e.code());
      assertTrue(e.remedy().contains("S3"), e.remedy());
    }
    assertEquals(
        "repository.no-location",
        assertThrows(InvalidInputException.class, () -> place(" ")).code());
  }
}
