package dev.backstay.stores;

/// What is asked of a bucket, in words and as the permission that it needs.
enum S3Action {
  LIST("list", "s3:ListBucket", false),
  READ("read", "s3:GetObject", true),
  WRITE("write", "s3:PutObject", true),
  DELETE("delete", "s3:DeleteObject", true),
  KEEP("lock", "s3:PutObjectRetention", true),
  LOCKS("read the Object Lock settings of", "s3:GetBucketObjectLockConfiguration", false),
  UPLOADS("list the unfinished uploads of", "s3:ListBucketMultipartUploads", false),
  ABORT("abort an upload of", "s3:AbortMultipartUpload", true),
  FIND("look for", "s3:ListBucket", false),
  MAKE("make", "s3:CreateBucket", false);

  private final String verb;
  private final String permission;
  private final boolean onFiles;

  S3Action(String verb, String permission, boolean onFiles) {
    this.verb = verb;
    this.permission = permission;
    this.onFiles = onFiles;
  }

  String verb() {
    return verb;
  }

  String permission() {
    return permission;
  }

  /// What a policy has to name.
  String resource(String bucket, String prefix) {
    String arn = "arn:aws:s3:::" + bucket;
    return onFiles ? arn + "/" + (prefix.isEmpty() ? "" : prefix + "/") + "*" : arn;
  }
}
