package dev.madeleine.benchmarks;

import dev.madeleine.SessionSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Session;
import io.vertx.ext.web.sstore.SessionStore;
import io.vertx.ext.web.sstore.cookie.CookieSessionStore;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's cookie session store, called as its session handler does, without HTTP: one store for
 * all. Writing is that of a session that exists already, so no id is drawn; lists and maps are
 * Vert.x's JSON types around the application's own. The cookie holds id, idle time and last access;
 * opening checks the seal and the idle time. No absolute lifetime, no key id, one key; encrypted
 * with AES-256-GCM.
 */
final class VertxText implements SignedText {
  private static final Duration IDLE = Duration.ofMinutes(30);
  // Else its threads outlive the benchmark.
  private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));

  private final SessionStore store;
  private final Session written;

  VertxText(byte[] secret) {
    this(secret, IDLE);
  }

  VertxText(byte[] secret, Duration idle) {
    store = CookieSessionStore.create(VERTX, HexFormat.of().formatHex(secret));
    written = store.createSession(idle.toMillis());
  }

  @Override
  public String encode(SessionSnapshot session) {
    written.data().clear();
    session.attributes().forEach((name, value) -> written.put(name, toVertx(value)));
    written.setAccessed();
    return written.value();
  }

  @Override
  public Session decode(String text) {
    // Completed: the store reads in the caller's thread.
    Future<@Nullable Session> read = store.get(text);
    Session session = read.result();
    if (session == null) {
      throw new IllegalArgumentException("tampered or idle for too long", read.cause());
    }
    return session;
  }

  @Override
  public Optional<Map<String, Object>> attributes(String text) {
    try {
      Map<String, Object> attributes = new LinkedHashMap<>();
      decode(text).data().forEach((name, value) -> attributes.put(name, fromVertx(value)));
      return Optional.of(attributes);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @SuppressWarnings("unchecked") // Maps of sessions have names as keys.
  private static Object toVertx(Object value) {
    if (value instanceof List<?> list) {
      return new JsonArray(list);
    }
    return value instanceof Map<?, ?> map ? new JsonObject((Map<String, Object>) map) : value;
  }

  private static Object fromVertx(Object value) {
    if (value instanceof JsonArray array) {
      return array.getList();
    }
    return value instanceof JsonObject object ? object.getMap() : value;
  }
}
