/**
 * Stateless sessions: the whole session travels in a cookie that the server signed or encrypted.
 */
module dev.madeleine {
  requires transitive com.fasterxml.jackson.databind;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports dev.madeleine;
}
