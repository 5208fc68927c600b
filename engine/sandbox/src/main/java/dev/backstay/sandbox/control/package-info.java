/// The controllers, from claims to pods. Neighbours: state, api, volume.
@NullMarked
package dev.backstay.sandbox.control;

import org.jspecify.annotations.NullMarked;
