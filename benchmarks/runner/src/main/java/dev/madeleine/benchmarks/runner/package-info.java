/**
 * How benchmarks are measured: all contestants take short turns in one JVM, so that what disturbs
 * the machine disturbs all of them, and the least disturbed turn of each counts. Several forks do
 * the same; where they disagree, nothing is known.
 */
@NullMarked
package dev.madeleine.benchmarks.runner;

import org.jspecify.annotations.NullMarked;
