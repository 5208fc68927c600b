@NullMarked
package dev.backstay.catalog;

import org.jspecify.annotations.NullMarked;
