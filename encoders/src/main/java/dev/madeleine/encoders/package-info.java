/**
 * What goes beyond the core's signed JSON: encryption in {@link dev.madeleine.encoders.Encrypted},
 * CBOR in {@link dev.madeleine.encoders.Cbor}.
 */
@NullMarked
package dev.madeleine.encoders;

import org.jspecify.annotations.NullMarked;
