/**
 * Keys that live: where they come from, and how they are replaced on a running server.
 *
 * <p>A {@link dev.madeleine.keys.KeySource} says where the keys are, {@link
 * dev.madeleine.keys.ReloadingKeys} looks at it again and again and hands out today's ring, and a
 * {@link dev.madeleine.keys.KeyRingFile} is what an operator edits.
 */
@NullMarked
package dev.madeleine.keys;

import org.jspecify.annotations.NullMarked;
