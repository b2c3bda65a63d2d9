package dev.madeleine;

import dev.madeleine.json.format.JacksonMapping;

/**
 * How values of declared types become plain values and back, where the ordinary way does not know
 * enough: a seam for the modules of a mapper, which the encoders module brings along as {@code
 * JacksonTypes.with(mapper)}. For one class of a library, an {@link AttributeConverter} is less.
 *
 * @see SessionsBuilder#types
 */
public sealed interface TypeMapping permits JacksonMapping {}
