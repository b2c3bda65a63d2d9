/** Encoders beyond the signed one of the core: {@link dev.madeleine.encoders.Encrypted}. */
@NullMarked
package dev.madeleine.encoders;

import org.jspecify.annotations.NullMarked;
