/** What happens to sessions and their keys, as meters of Micrometer. */
module dev.madeleine.micrometer {
  requires transitive dev.madeleine;
  requires transitive dev.madeleine.keys;
  requires transitive micrometer.core;
  requires static org.jspecify;

  exports dev.madeleine.micrometer;
}
