/// What the cluster holds, and who is told when it changes. Neighbours: none.
@NullMarked
package dev.backstay.sandbox.state;

import org.jspecify.annotations.NullMarked;
