/**
 * What every {@link dev.madeleine.SessionEncoder}, {@link dev.madeleine.Serializer}, {@link
 * dev.madeleine.Sealer} and {@link dev.madeleine.Revocation} has to do, as test classes: an own one
 * is tested by a subclass of ten lines. {@link dev.madeleine.testkit.SessionCookies} makes the
 * cookies for tests of an application.
 */
@NullMarked
package dev.madeleine.testkit;

import org.jspecify.annotations.NullMarked;
