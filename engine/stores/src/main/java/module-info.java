/// Stores beyond the local disk: S3, and what goes around any store.
module dev.backstay.stores {
  requires transitive dev.backstay.repository;
  requires software.amazon.awssdk.services.s3;
  requires software.amazon.awssdk.services.sts;
  requires software.amazon.awssdk.auth;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.apache5;
  requires software.amazon.awssdk.profiles;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.retries;
  requires software.amazon.awssdk.utils;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.backstay.stores;
}
