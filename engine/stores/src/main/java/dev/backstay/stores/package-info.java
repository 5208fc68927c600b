/// Stores beyond the local disk, and what goes around any store: S3 through the AWS SDK, retry,
/// limits, a local cache, and the connection test.
///
/// Allowed neighbours: model, repository.
@NullMarked
package dev.backstay.stores;

import org.jspecify.annotations.NullMarked;
