/** Spring Security's values in a session: who is logged in, and on the way to that. */
@NullMarked
package dev.madeleine.spring.security;

import org.jspecify.annotations.NullMarked;
