/** Sessions in a cookie for Spring Boot, without a line of code. */
@NullMarked
package dev.madeleine.spring;

import org.jspecify.annotations.NullMarked;
