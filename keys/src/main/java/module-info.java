/** Keys that live: key ring files, sources, rotation and reloading on a running server. */
module dev.madeleine.keys {
  requires transitive dev.madeleine;
  requires com.fasterxml.jackson.core;
  requires static org.jspecify;

  exports dev.madeleine.keys;
}
