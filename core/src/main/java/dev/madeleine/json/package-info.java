/**
 * Attributes as JSON with types: {@link dev.madeleine.json.JsonSerializer}, the default serializer.
 */
@NullMarked
package dev.madeleine.json;

import org.jspecify.annotations.NullMarked;
