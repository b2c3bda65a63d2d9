/**
 * What a session costs a real server: Tomcat and Jetty, each with each kind of session, under wrk.
 *
 * <p>{@link dev.madeleine.benchmarks.servers.Server} is the measured process, {@link
 * dev.madeleine.benchmarks.servers.Run} the one that measures.
 */
@NullMarked
package dev.madeleine.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
