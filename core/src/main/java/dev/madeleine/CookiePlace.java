package dev.madeleine;

/** A place in one cookie or several, of which the first has the name and the options. */
interface CookiePlace extends Place {
  @Override
  CookieOptions cookie();

  @Override
  default String name() {
    return cookie().name();
  }

  @Override
  default PlaceIdentity identity() {
    return cookie().identity();
  }

  @Override
  default String field() {
    return "Cookie";
  }
}
