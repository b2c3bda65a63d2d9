package dev.madeleine;

import static dev.madeleine.Fixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an adapter sees: the headers at any moment, and the session they are for. */
final class SessionExchangeTest {
  private final MovingClock clock = new MovingClock(NOON);
  private final Sessions sessions =
      Sessions.builder(Fixtures.RING)
          .policy(SessionPolicy.defaults().withClock(clock))
          .listener(event -> {})
          .build();

  private SessionExchange exchange(String... cookieLines) {
    return sessions.exchange(name -> List.of(cookieLines));
  }

  /** The cookie of a session with these attributes. */
  private String cookie(Map<String, Object> attributes) {
    SessionExchange exchange = exchange();
    exchange.session().asMap().putAll(attributes);
    String line = exchange.headers().get(1).value();
    return line.substring(0, line.indexOf(';'));
  }

  @Test
  void nothingIsNeededForASessionThatNobodyAskedFor() {
    SessionExchange exchange = exchange(cookie(Map.of("a", 1)));
    assertThat(exchange.session()).hasToString("Session[not asked for]");
    assertThat(exchange.isLoaded()).isFalse();
    assertThat(exchange.headers()).isEmpty();
    assertThat(exchange.hasUnsavedChanges()).isFalse();
    assertThat(exchange.mayChangeInPlace()).isFalse();
  }

  @Test
  void loadingIsAskedForByName() {
    SessionExchange exchange = exchange(cookie(Map.of("a", 1)));
    exchange.load();
    assertThat(exchange.isLoaded()).isTrue();
    assertThat(exchange.headers()).containsExactly(new HttpHeader("Vary", "Cookie"));
  }

  @Test
  void varyCostsNoSave() {
    List<String> written = new ArrayList<>();
    Serializer counting = new CountingSerializer(written);
    Sessions counted =
        Sessions.builder(
                NativeEncoder.signed(() -> Fixtures.RING, "session").withSerializer(counting))
            .policy(SessionPolicy.defaults().withClock(clock))
            .build();
    Session first = counted.load(name -> null);
    first.put("cart", List.of("tea"));
    String line = counted.save(first).get(1).value();
    written.clear();
    SessionExchange exchange =
        counted.exchange(name -> List.of(line.substring(0, line.indexOf(';'))));
    exchange.load();
    for (int i = 0; i < 3; i++) {
      assertThat(exchange.headers()).containsExactly(new HttpHeader("Vary", "Cookie"));
    }
    assertThat(written).isEmpty();
  }

  @Test
  void anAnswerStandsUntilSomethingCanHaveChanged() {
    SessionExchange exchange = exchange();
    exchange.session().put("a", 1);
    List<HttpHeader> headers = exchange.headers();
    assertThat(exchange.headers()).isSameAs(headers);
    assertThatThrownBy(headers::clear).isInstanceOf(UnsupportedOperationException.class);
    exchange.session().put("a", 2);
    assertThat(exchange.headers()).isNotEqualTo(headers);
  }

  @Test
  void aValueThatCanChangeIsLookedAtAgain() {
    SessionExchange exchange = exchange(cookie(Map.of("cart", List.of("tea"))));
    assertThat(exchange.session().get("cart")).isEqualTo(List.of("tea"));
    assertThat(exchange.mayChangeInPlace()).isTrue();
    assertThat(exchange.headers()).hasSize(1);
    cast(exchange.session().get("cart")).add("coffee");
    assertThat(exchange.hasUnsavedChanges()).isTrue();
    assertThat(exchange.headers()).hasSize(3);
    assertThat(exchange.hasUnsavedChanges()).isFalse();
  }

  @SuppressWarnings("unchecked")
  private static List<Object> cast(Object list) {
    return (List<Object>) list;
  }

  @Test
  void aValueThatCannotChangeIsNotLookedAtAgain() {
    SessionExchange exchange = exchange(cookie(Map.of("when", NOON, "name", "zoé")));
    assertThat(exchange.session().get("when")).isEqualTo(NOON);
    assertThat(exchange.session().get("name")).isEqualTo("zoé");
    assertThat(exchange.mayChangeInPlace()).isFalse();
    assertThat(exchange.headers()).isSameAs(exchange.headers());
  }

  @Test
  void aRenewalThatFallsDueWithinTheRequestIsSeen() {
    SessionExchange exchange = exchange(cookie(Map.of("a", 1)));
    exchange.load();
    assertThat(exchange.headers()).hasSize(1);
    clock.forwardSeconds(60);
    assertThat(exchange.headers()).hasSize(3);
  }

  @Test
  void theHookIsAskedAgainBeforeACookieGoesOut() {
    SessionPolicy policy = SessionPolicy.defaults().withClock(clock).withRevocationInMemory(10);
    Sessions revocable = Sessions.builder(Fixtures.RING).policy(policy).build();
    String cookie = cookie(Map.of("a", 1));
    SessionExchange exchange = revocable.exchange(name -> List.of(cookie));
    Session session = exchange.session();
    session.put("a", 2);
    assertThat(exchange.headers().get(1).value()).doesNotContain("Max-Age=0");
    assertThat(exchange.isRevoked()).isFalse();
    policy
        .revocation()
        .revokeSession(
            new Revocation.Stamp(session.id(), session.created(), null, List.of()),
            NOON.plusSeconds(60));
    assertThat(exchange.isRevoked()).isTrue();
    assertThat(exchange.headers().get(1).value()).contains("Max-Age=0");
  }

  @Test
  void whatDoesNotFitStaysUnsaved() {
    SessionExchange exchange = exchange(cookie(Map.of("a", 1)));
    exchange.load();
    assertThat(exchange.headers()).hasSize(1);
    exchange.session().put("large", "x".repeat(5000));
    assertThatThrownBy(exchange::headers).isInstanceOf(SessionTooLargeException.class);
    assertThat(exchange.hasUnsavedChanges()).isTrue();
  }

  @Test
  void aSuccessorTakesOverTheCookie() {
    SessionExchange exchange = exchange(cookie(Map.of("a", 1)));
    Session ended = exchange.session();
    assertThatThrownBy(exchange::successor).isInstanceOf(IllegalStateException.class);
    ended.invalidate();
    assertThat(exchange.headers().get(1).value()).contains("Max-Age=0");
    Session next = exchange.successor();
    assertThat(exchange.session()).isSameAs(next);
    assertThat(next.isNew()).isTrue();
    assertThat(next.id()).isNotEqualTo(ended.id());
    next.put("b", 2);
    assertThat(exchange.headers().get(1).value()).doesNotContain("Max-Age=0");
    assertThat(ended.isInvalidated()).isTrue();
  }

  @Test
  void aHeaderIsRevertedToWhatTheRequestBrought() {
    String cookie = cookie(Map.of("a", 1));
    SessionExchange exchange = exchange(cookie);
    exchange.session().put("a", 2);
    assertThat(exchange.headers()).hasSize(3);
    assertThat(exchange.revert("__Host-session").value()).startsWith(cookie + ";");
    assertThat(exchange.revert("other")).isNull();
    SessionExchange fresh = exchange();
    fresh.session().put("a", 1);
    assertThat(fresh.revert("__Host-session").value()).contains("Max-Age=0");
  }

  @Test
  void theMapIsALiveViewOfTheAttributes() {
    Session session = exchange().session();
    Map<String, Object> map = session.asMap();
    assertThat(map).isEmpty();
    session.put("a", 1);
    assertThat(map).containsEntry("a", 1).hasSize(1);
    assertThat(map.put("a", 2)).isEqualTo(1);
    map.put("b", 3);
    assertThat(session.get("a")).isEqualTo(2);
    assertThat(map.keySet()).containsExactly("a", "b");
    assertThat(map).containsKey("a").doesNotContainKey("c");
    map.entrySet().forEach(entry -> entry.setValue((Integer) entry.getValue() * 10));
    assertThat(session.get("b")).isEqualTo(30);
    map.values().remove(20);
    assertThat(session.names()).containsExactly("b");
    assertThat(map.remove("b")).isEqualTo(30);
    assertThat(session.isEmpty()).isTrue();
    assertThatThrownBy(() -> map.put("c", new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"c\"");
    session.invalidate();
    assertThatThrownBy(map::size).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void otherOptionsOfTheCookieAreAnUnsavedChange() {
    SessionExchange exchange = exchange(cookie(Map.of("a", 1)));
    exchange.load();
    assertThat(exchange.headers()).hasSize(1);
    exchange.session().changeCookie(c -> c.withSameSite(CookieOptions.SameSite.STRICT));
    assertThat(exchange.hasUnsavedChanges()).isTrue();
    assertThat(exchange.headers()).isNotEmpty();
    assertThat(exchange.hasUnsavedChanges()).isFalse();
  }

  @Test
  void aListenerMayLookAtTheSessionThatIsBeingLoaded() {
    SessionExchange[] exchange = new SessionExchange[1];
    List<Object> seen = new ArrayList<>();
    Sessions watched =
        Sessions.builder(Fixtures.RING)
            .policy(SessionPolicy.defaults().withClock(clock))
            .listener(event -> seen.add(exchange[0].session().get("a")))
            .build();
    String cookie = cookie(Map.of("a", 1));
    exchange[0] = watched.exchange(name -> List.of(cookie));
    exchange[0].load();
    assertThat(seen).containsExactly(1);
  }

  @Test
  void theMapShowsNoNameAndNoValue() {
    Session session = exchange().session();
    session.put("password", "hunter2");
    assertThat(session.asMap()).hasToString("SessionMap[1 attributes]");
  }
}
