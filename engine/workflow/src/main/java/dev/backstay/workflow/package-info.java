@NullMarked
package dev.backstay.workflow;

import org.jspecify.annotations.NullMarked;
