/** A small shop with Spring Boot whose sessions live in a cookie. */
@NullMarked
package dev.madeleine.sample;

import org.jspecify.annotations.NullMarked;
