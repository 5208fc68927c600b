@NullMarked
package dev.backstay.cluster;

import org.jspecify.annotations.NullMarked;
