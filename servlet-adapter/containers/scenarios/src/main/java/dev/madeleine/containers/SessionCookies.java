package dev.madeleine.containers;

import dev.madeleine.Attribute;
import dev.madeleine.CookieOptions;
import dev.madeleine.HttpHeader;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Session;
import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The session cookies of the scenarios, opened and made with the keys that the filters have.
 *
 * <p>{@code Set-Cookie} lines are compared in a readable form: the sealed value is replaced by the
 * attributes that it holds, everything else is left exactly as it was on the wire.
 */
final class SessionCookies {
  /** The cookie of the root application. */
  static final String NAME = CookieOptions.DEFAULT_NAME;

  /** A declared attribute. */
  static final Attribute<Cart> CART = Attribute.of("cart", Cart.class);

  /** Declared attributes whose values hear what becomes of them. */
  static final Attribute<?>[] DECLARED = {
    CART, Attribute.of("x", Values.Carried.class), Attribute.of("y", Values.Carried.class)
  };

  /** A class of the application's own. */
  record Cart(List<String> items) {}

  static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";
  private static final String EXPIRING =
      "=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure; HttpOnly; SameSite=Lax";

  private final KeyRing keys = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));
  private final InstantSource clock;
  private final Map<String, Sessions> sessions = new ConcurrentHashMap<>();

  SessionCookies(InstantSource clock) {
    this.clock = clock;
  }

  KeyRing keys() {
    return keys;
  }

  /** The expected line that stores these attributes, and no others, in the root's cookie. */
  static String storing(Map<String, ?> attributes) {
    return storing(NAME, attributes);
  }

  static String storing(String name, Map<String, ?> attributes) {
    return name + "=" + text(attributes) + ATTRIBUTES;
  }

  /** The expected line that makes the browser drop the root's cookie. */
  static String expiring() {
    return expiring(NAME);
  }

  static String expiring(String name) {
    return name + EXPIRING;
  }

  /** A line as it was received, its value opened if it is one that we sealed. */
  String readable(String line) {
    int equals = line.indexOf('=');
    int semicolon = line.indexOf(';');
    String name = line.substring(0, Math.max(equals, 0));
    boolean ours = name.startsWith("__Host-") && semicolon > equals + 1;
    if (!ours) {
      return line;
    }
    Session session = open(line.substring(0, semicolon));
    return session.isNew()
        ? line
        : name + "=" + text(attributes(session)) + line.substring(semicolon);
  }

  /** The session in a cookie. */
  Session open(String pair) {
    return sessions(pair.substring(0, pair.indexOf('='))).load(name -> List.of(pair));
  }

  /** A cookie with these attributes, made now, as a browser sends it. */
  String pair(Map<String, ?> attributes) {
    return pair(NAME, attributes);
  }

  String pair(String name, Map<String, ?> attributes) {
    return pair(name, attributes, session -> {});
  }

  /** A cookie of this user. */
  String pairOf(String user, Map<String, ?> attributes) {
    return pair(NAME, attributes, session -> session.login(user));
  }

  private String pair(String name, Map<String, ?> attributes, Consumer<Session> beginning) {
    Sessions sessions = sessions(name);
    Session session = sessions.load(header -> List.of());
    beginning.accept(session);
    attributes.forEach(session::put);
    session.keep();
    for (HttpHeader header : sessions.save(session)) {
      if (header.name().equals("Set-Cookie")) {
        return header.value().substring(0, header.value().indexOf(';'));
      }
    }
    throw new AssertionError("no cookie for " + attributes);
  }

  private Sessions sessions(String name) {
    return sessions.computeIfAbsent(
        name,
        cookie ->
            Sessions.builder(keys)
                .cookie(CookieOptions.named(cookie))
                .policy(SessionPolicy.defaults().withClock(clock))
                .attributes(DECLARED)
                .listener(event -> {})
                .build());
  }

  static Map<String, Object> attributes(Session session) {
    Map<String, Object> attributes = new TreeMap<>();
    for (String name : session.names()) {
      Object value = session.get(name);
      if (value != null) {
        attributes.put(name, value);
      }
    }
    return attributes;
  }

  /** Attributes with the types of their values, in the order of their names. */
  private static String text(Map<String, ?> attributes) {
    Map<String, String> typed = new TreeMap<>();
    attributes.forEach((name, value) -> typed.put(name, kind(value) + " " + value));
    return typed.toString();
  }

  private static String kind(Object value) {
    if (value instanceof List) {
      return "List";
    }
    return value instanceof Map ? "Map" : value.getClass().getSimpleName();
  }
}
