/**
 * What a session costs, beside what other libraries take for the same data.
 *
 * <p>A new contender is one class, one constant of {@link dev.madeleine.benchmarks.Contender}, one
 * line in {@code versions.properties} and one in docs/benchmarks; a new group of operations is one
 * class {@code …Benchmark}. {@link dev.madeleine.benchmarks.ResultRow} finds both in JMH's results
 * by their names.
 */
@NullMarked
package dev.madeleine.benchmarks;

import org.jspecify.annotations.NullMarked;
