/** The scenarios' container {@link dev.madeleine.containers.tomcat.Tomcat10}. */
@NullMarked
package dev.madeleine.containers.tomcat;

import org.jspecify.annotations.NullMarked;
