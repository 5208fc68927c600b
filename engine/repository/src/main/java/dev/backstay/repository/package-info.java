@NullMarked
package dev.backstay.repository;

import org.jspecify.annotations.NullMarked;
