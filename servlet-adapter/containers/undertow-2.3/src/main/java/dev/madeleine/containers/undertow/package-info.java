/** The scenarios' container {@link dev.madeleine.containers.undertow.Undertow23}. */
@NullMarked
package dev.madeleine.containers.undertow;

import org.jspecify.annotations.NullMarked;
