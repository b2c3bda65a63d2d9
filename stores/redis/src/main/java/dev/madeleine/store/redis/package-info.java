/** Revocation on every node over Redis. */
@NullMarked
package dev.madeleine.store.redis;

import org.jspecify.annotations.NullMarked;
