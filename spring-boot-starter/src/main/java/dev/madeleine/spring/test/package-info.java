/** For the tests of an application. */
@NullMarked
package dev.madeleine.spring.test;

import org.jspecify.annotations.NullMarked;
