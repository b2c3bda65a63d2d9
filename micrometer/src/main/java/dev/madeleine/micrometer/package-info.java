/** Meters of sessions and keys. */
@NullMarked
package dev.madeleine.micrometer;

import org.jspecify.annotations.NullMarked;
