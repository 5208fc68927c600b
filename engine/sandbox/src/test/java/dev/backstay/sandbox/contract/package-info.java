/// What `dev.backstay.cluster` may rely on, seen on the sandbox and on a real cluster: the same
/// tests on both.
@NullMarked
package dev.backstay.sandbox.contract;

import org.jspecify.annotations.NullMarked;
