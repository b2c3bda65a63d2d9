package dev.madeleine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How {@link ReplicatedRevocation} is doing, for health checks and metrics.
 *
 * @param ready whether all that the engine knew at the start has been read
 * @param answering whether the engine answered when it was asked last
 * @param contact when it answered last, or null if it never has
 * @param clockOffset how far its clock is ahead of this node's
 * @param marks how many revocations are remembered
 * @param bytes of memory that they take
 * @param unshared how many revocations of this node wait to be sent
 * @param errors how often the engine did not answer, or refused, since the start
 */
public record RevocationStatus(
    boolean ready,
    boolean answering,
    @Nullable Instant contact,
    Duration clockOffset,
    int marks,
    long bytes,
    int unshared,
    long errors) {}
