package dev.madeleine.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.madeleine.HttpHeader;
import dev.madeleine.InMemoryRevocation;
import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Revocation;
import dev.madeleine.Session;
import dev.madeleine.SessionPolicy;
import dev.madeleine.SessionTooLargeException;
import dev.madeleine.Sessions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeededHeadersTest {
  private static final KeyRing KEYS = KeyRing.signingWith(MasterKey.generate(new SecureRandom()));

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Sessions sessions = sessions(Revocation.NONE);
  private final NeededHeaders needed = new NeededHeaders(sessions);

  private Sessions sessions(Revocation revocation) {
    SessionPolicy policy = SessionPolicy.defaults().clock(() -> now).revocation(revocation);
    return Sessions.builder(KEYS).policy(policy).listener(event -> {}).build();
  }

  private Session came() {
    Session first = sessions.load(name -> List.of());
    first.put("a", 1);
    return with(sessions, sessions.save(first));
  }

  private static Session with(Sessions sessions, List<HttpHeader> stored) {
    String line = setCookie(stored);
    String pair = line.substring(0, line.indexOf(';'));
    return sessions.load(name -> name.equals("Cookie") ? List.of(pair) : List.of());
  }

  private static String setCookie(List<HttpHeader> headers) {
    return headers.stream()
        .filter(header -> header.name().equals("Set-Cookie"))
        .map(HttpHeader::value)
        .reduce("", String::concat);
  }

  @Test
  void savesOnceWhatCannotHaveChanged() {
    Session session = came();
    session.put("a", 2);
    List<HttpHeader> headers = needed.of(session);

    needed.handOut("text");
    needed.handOut(1);
    now = now.plusMillis(999);

    assertThat(setCookie(headers)).startsWith("__Host-session=");
    assertThat(needed.of(session)).isSameAs(headers);
    assertThat(needed.isSettled()).isTrue();
  }

  @Test
  void savesAgainAfterAChange() {
    Session session = came();
    assertThat(setCookie(needed.of(session))).isEmpty();

    session.put("a", 2);
    needed.change();

    assertThat(needed.isSettled()).isFalse();
    assertThat(setCookie(needed.of(session))).isNotEmpty();
  }

  @Test
  void savesAgainWhenAValueThatWasHandedOutChangesInPlace() {
    Session session = came();
    List<Object> cart = new ArrayList<>();
    session.put("cart", cart);
    needed.handOut(cart);
    String before = setCookie(needed.of(session));

    cart.add("madeleine");
    String after = setCookie(needed.of(session));

    assertThat(after).isNotEqualTo(before);
    assertThat(needed.isSettled()).isFalse();
  }

  @Test
  void renewsTheCookieOfARequestThatTakesLong() {
    Session session = came();
    assertThat(session.isNew()).isFalse();
    assertThat(setCookie(needed.of(session))).isEmpty();

    now = now.plusSeconds(59);
    assertThat(setCookie(needed.of(session))).isEmpty();
    now = now.plusSeconds(1);
    assertThat(setCookie(needed.of(session))).isNotEmpty();
  }

  @Test
  void asksTheHookAgainBeforeACookieGoesOut() {
    InMemoryRevocation hook = new InMemoryRevocation(10, Duration.ofHours(12), () -> now);
    Sessions revocable = sessions(hook);
    Session first = revocable.load(name -> List.of());
    first.put("a", 1);
    Session session = with(revocable, revocable.save(first));
    session.put("a", 2);
    NeededHeaders headers = new NeededHeaders(revocable);
    assertThat(setCookie(headers.of(session))).doesNotContain("Max-Age=0");

    hook.revokeSession(
        new Revocation.Stamp(session.id(), session.created(), null), now.plusSeconds(60));

    assertThat(setCookie(headers.of(session))).contains("Max-Age=0");
  }

  @Test
  void isNotSettledWhenTheSessionDoesNotFit() {
    Session session = came();
    needed.of(session);
    session.put("large", "x".repeat(5000));
    needed.change();

    assertThatThrownBy(() -> needed.of(session)).isInstanceOf(SessionTooLargeException.class);

    assertThat(needed.isSettled()).isFalse();
  }
}
