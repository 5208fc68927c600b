@NullMarked
package dev.backstay.sandbox;

import org.jspecify.annotations.NullMarked;
