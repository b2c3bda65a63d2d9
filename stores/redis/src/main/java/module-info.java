/** Revocation on every node over Redis. */
@SuppressWarnings("requires-transitive-automatic") // Jedis has a name, and no descriptor.
module dev.madeleine.store.redis {
  requires transitive dev.madeleine;
  requires transitive redis.clients.jedis;
  requires static org.jspecify;

  exports dev.madeleine.store.redis;
}
