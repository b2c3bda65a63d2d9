/**
 * Bytes of a session and where its attributes lie in them: the checked JSON text, and what {@link
 * dev.madeleine.json.JsonSerializer} needs to know of another format. Exported to the encoders
 * only, so that no type of Jackson is part of the core's public API.
 */
@NullMarked
package dev.madeleine.json.format;

import org.jspecify.annotations.NullMarked;
