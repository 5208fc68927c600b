/// The wire, as kubectl and client-java expect it. Neighbours: state, api, access, mover.
@NullMarked
package dev.backstay.sandbox.http;

import org.jspecify.annotations.NullMarked;
