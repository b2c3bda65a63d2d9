/**
 * Encoders beyond the signed one of the core: {@link dev.madeleine.encoders.Encrypted}, and the
 * cookies of other frameworks, {@link dev.madeleine.encoders.CookieSession} and {@link
 * dev.madeleine.encoders.ConnectCookieSession}.
 */
@NullMarked
package dev.madeleine.encoders;

import org.jspecify.annotations.NullMarked;
