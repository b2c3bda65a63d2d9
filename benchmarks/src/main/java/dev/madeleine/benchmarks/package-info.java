/**
 * What a session costs, beside what other libraries take for the same data.
 *
 * <p>A new contender is one class and one constant of {@link dev.madeleine.benchmarks.Contender}; a
 * new group of operations is one class {@code …Benchmark}. {@link
 * dev.madeleine.benchmarks.ResultRow} finds both in JMH's results by their names.
 */
@NullMarked
package dev.madeleine.benchmarks;

import org.jspecify.annotations.NullMarked;
