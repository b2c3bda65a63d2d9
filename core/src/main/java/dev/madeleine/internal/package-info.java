/**
 * Leaves that the modules of Madeleine share: hashes, text forms and a pool. Exported to these
 * modules only, and free to change in every release.
 */
@NullMarked
package dev.madeleine.internal;

import org.jspecify.annotations.NullMarked;
