/** Web sessions of Spring WebFlux in a cookie. Knows neither servlets nor Spring Security. */
@NullMarked
package dev.madeleine.spring.reactive;

import org.jspecify.annotations.NullMarked;
