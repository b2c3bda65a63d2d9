/** The scenarios' container {@link dev.madeleine.containers.jetty.Jetty121}. */
@NullMarked
package dev.madeleine.containers.jetty;

import org.jspecify.annotations.NullMarked;
