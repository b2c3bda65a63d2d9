/**
 * A servlet filter that makes {@code request.getSession()} stateless: {@link
 * dev.madeleine.servlet.SessionFilter}.
 */
@NullMarked
package dev.madeleine.servlet;

import org.jspecify.annotations.NullMarked;
