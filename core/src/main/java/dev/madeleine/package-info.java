/**
 * Sessions that travel in a sealed cookie.
 *
 * <p>Start at {@link dev.madeleine.Sessions}. An own wire format is a {@link
 * dev.madeleine.SessionEncoder}; keys come in a {@link dev.madeleine.KeyRing}.
 */
@NullMarked
package dev.madeleine;

import org.jspecify.annotations.NullMarked;
