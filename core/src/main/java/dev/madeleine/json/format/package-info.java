/**
 * What {@link dev.madeleine.json.JsonSerializer} needs to know of a format other than JSON text.
 * Exported to the encoders only, so that no type of Jackson is part of the core's public API.
 */
@NullMarked
package dev.madeleine.json.format;

import org.jspecify.annotations.NullMarked;
