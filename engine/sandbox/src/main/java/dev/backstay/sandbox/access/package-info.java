/// Who may do what (RBAC). Neighbours: state.
@NullMarked
package dev.backstay.sandbox.access;

import org.jspecify.annotations.NullMarked;
