/** Sessions of unchanged servlet applications in a sealed cookie. */
module dev.madeleine.servlet {
  requires transitive dev.madeleine;
  requires dev.madeleine.keys;
  requires transitive jakarta.servlet;
  requires static org.jspecify;

  exports dev.madeleine.servlet;
}
