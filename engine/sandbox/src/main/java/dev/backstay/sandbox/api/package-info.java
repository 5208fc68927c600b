/// What the API server does to objects, whoever asks. Neighbours: state.
@NullMarked
package dev.backstay.sandbox.api;

import org.jspecify.annotations.NullMarked;
