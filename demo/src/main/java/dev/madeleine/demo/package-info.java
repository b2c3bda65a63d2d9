/**
 * A small servlet application whose sessions live in a signed cookie: {@link
 * dev.madeleine.demo.Demo} starts it.
 */
@NullMarked
package dev.madeleine.demo;

import org.jspecify.annotations.NullMarked;
