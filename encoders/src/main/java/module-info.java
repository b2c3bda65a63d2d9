/** Ciphers, CBOR and foreign formats, beyond what the core has of the JDK alone. */
module dev.madeleine.encoders {
  requires transitive dev.madeleine;
  requires com.fasterxml.jackson.core;
  requires transitive com.fasterxml.jackson.databind;
  requires static com.fasterxml.jackson.dataformat.cbor;
  requires static org.bouncycastle.provider;
  requires static org.jspecify;

  exports dev.madeleine.encoders;
}
