/**
 * What a servlet container has to show behind the session filter: one list of scenarios, run by
 * {@link dev.madeleine.containers.ContainerContract} against each container over real HTTP.
 */
@NullMarked
package dev.madeleine.containers;

import org.jspecify.annotations.NullMarked;
