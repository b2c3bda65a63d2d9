/**
 * What needs more than the core: the ciphers of {@link dev.madeleine.encoders.Encrypted}, CBOR in
 * {@link dev.madeleine.encoders.Cbor}, and the cookies of other frameworks, {@link
 * dev.madeleine.encoders.CookieSession} and {@link dev.madeleine.encoders.ConnectCookieSession}.
 */
@NullMarked
package dev.madeleine.encoders;

import org.jspecify.annotations.NullMarked;
