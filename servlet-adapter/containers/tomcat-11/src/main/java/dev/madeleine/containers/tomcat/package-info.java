/** The scenarios' container {@link dev.madeleine.containers.tomcat.Tomcat11}. */
@NullMarked
package dev.madeleine.containers.tomcat;

import org.jspecify.annotations.NullMarked;
