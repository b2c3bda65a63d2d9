/**
 * Contracts of encoders, serializers and sealers as test classes, and session cookies for tests.
 */
module dev.madeleine.testkit {
  requires transitive dev.madeleine;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;
  requires static org.jspecify;

  exports dev.madeleine.testkit;
}
