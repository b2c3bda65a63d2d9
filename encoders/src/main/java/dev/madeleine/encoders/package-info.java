/**
 * What goes beyond the core's signed JSON: encryption in {@link dev.madeleine.encoders.Encrypted},
 * CBOR in {@link dev.madeleine.encoders.Cbor}, and the cookies of other frameworks, {@link
 * dev.madeleine.encoders.CookieSession} and {@link dev.madeleine.encoders.ConnectCookieSession}.
 */
@NullMarked
package dev.madeleine.encoders;

import org.jspecify.annotations.NullMarked;
