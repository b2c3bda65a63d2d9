package dev.madeleine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a logout ends when a revocation hook is there (ASVS 7.4.1). */
class LogoutTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private Revocation revocation;
  private Sessions sessions;

  @BeforeEach
  void start() {
    SessionPolicy policy = SessionPolicy.defaults().withRevocationInMemory(100).withClock(now::get);
    revocation = policy.revocation();
    sessions = Sessions.builder(Fixtures.RING).policy(policy).listener(event -> {}).build();
  }

  private Session request(String cookie) {
    return sessions.load(name -> cookie == null ? null : List.of(cookie));
  }

  /** The name and value of the cookie that this session sends. */
  private String cookie(Session session) {
    String line =
        sessions.save(session).stream()
            .filter(header -> header.name().equals("Set-Cookie"))
            .map(HttpHeader::value)
            .findFirst()
            .orElseThrow();
    return line.substring(0, line.indexOf(';'));
  }

  private String login() {
    Session session = request(null);
    session.login("marcel");
    session.put("user", "marcel");
    return cookie(session);
  }

  @Test
  void endsOlderCookiesOfTheSameLoginToo() {
    String first = login();
    Session renewing = request(first);
    renewing.changeId();
    String second = cookie(renewing);

    request(second).invalidate();

    assertThat(request(second).isNew()).isTrue();
    assertThat(request(first).isNew()).isTrue();
  }

  @Test
  void leavesAnotherLoginOfTheSameUserAlone() {
    String laptop = login();
    now.set(now.get().plusSeconds(5));
    String phone = login();

    request(laptop).invalidate();

    assertThat(request(phone).isNew()).isFalse();
  }

  @Test
  void isNotUndoneByARequestThatWasUnderWay() {
    String cookie = login();
    Session slow = request(cookie);
    slow.put("seen", true);
    request(cookie).invalidate();

    assertThat(cookie(slow)).isEqualTo("__Host-session=");
  }

  @Test
  void isNotUndoneByANewIdOfARequestThatWasUnderWay() {
    Session anonymous = request(null);
    anonymous.put("cart", 1);
    String cookie = cookie(anonymous);
    Session slow = request(cookie);
    slow.get("cart");
    request(cookie).invalidate();
    slow.changeId();

    assertThat(cookie(slow)).isEqualTo("__Host-session=");
  }

  @Test
  void letsARequestThatWasUnderWayLogInAnew() {
    String cookie = login();
    Session slow = request(cookie);
    slow.get("user");
    request(cookie).invalidate();
    now.set(now.get().plusSeconds(1));
    slow.login("marcel");

    assertThat(request(cookie(slow)).isNew()).isFalse();
  }

  @Test
  void endsASessionWhoseCookieWasSentInTheSameRequest() {
    Session session = request(null);
    session.login("marcel");
    String sent = cookie(session);
    session.invalidate();

    assertThat(request(sent).isNew()).isTrue();
  }

  @Test
  void everywhereHoldsForEveryLoginOfTheSameSecond() {
    String before = login();
    revocation.revokeSubject("marcel");
    String between = login();
    assertThat(request(before).isNew()).isTrue();
    assertThat(request(between).isNew()).isFalse();
    revocation.revokeSubject("marcel");
    String after = login();

    assertThat(request(between).isNew()).isTrue();
    assertThat(request(after).isNew()).isFalse();
  }

  @Test
  void rememberAndAllowRememberMeanTheSameInEitherOrder() {
    SessionPolicy one =
        SessionPolicy.defaults()
            .withRemember(Duration.ofDays(1))
            .withRememberUpTo(Duration.ofDays(30));
    SessionPolicy other =
        SessionPolicy.defaults()
            .withRememberUpTo(Duration.ofDays(30))
            .withRemember(Duration.ofDays(1));

    assertThat(one.idle()).isEqualTo(other.idle()).isEqualTo(Duration.ofDays(1));
    assertThat(one.longestLife()).isEqualTo(other.longestLife()).isEqualTo(Duration.ofDays(30));
  }
}
