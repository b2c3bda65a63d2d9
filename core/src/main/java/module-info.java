/**
 * Stateless sessions: the whole session travels in a cookie that the server signed or encrypted.
 */
@SuppressWarnings("module") // The sister modules are built later.
module dev.madeleine {
  requires com.fasterxml.jackson.databind;
  requires static java.sql;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports dev.madeleine;
  exports dev.madeleine.internal to
      dev.madeleine.encoders,
      dev.madeleine.keys;
  exports dev.madeleine.json;
  exports dev.madeleine.json.format to
      dev.madeleine.encoders;
}
