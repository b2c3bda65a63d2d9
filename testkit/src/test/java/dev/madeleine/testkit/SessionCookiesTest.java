package dev.madeleine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.Session;
import dev.madeleine.Sessions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class SessionCookiesTest {
  private final Sessions sessions =
      Sessions.of(KeyRing.signingWith(MasterKey.generate(new SecureRandom())));
  private final SessionCookies cookies = new SessionCookies(sessions);

  @Test
  void makesTheCookieOfASession() {
    cookies.session(session -> session.put("user", "zoe"));

    String header = cookies.header("cookie");
    assertThat(header).startsWith("__Host-session=");
    Session read = sessions.load(name -> java.util.List.of(header));
    assertThat(read.get("user")).isEqualTo("zoe");
  }

  @Test
  void carriesASessionFromRequestToRequestAndDropsItWhenItEnds() {
    cookies.session(session -> session.put("views", 1));
    cookies.session(session -> session.put("views", session.get("views", 0) + 1));
    assertThat(cookies.load().get("views")).isEqualTo(2);

    cookies.session(Session::invalidate);
    assertThat(cookies.header("Cookie")).isNull();
    assertThat(cookies.load().isNew()).isTrue();
  }

  @Test
  void keepsWhatAResponseSaid() {
    cookies.keep("Set-Cookie", "a=1; Path=/");
    cookies.keep("set-cookie", "b=2; Path=/; HttpOnly");
    cookies.keep("X-Session", "token");
    assertThat(cookies.header("Cookie")).isEqualTo("a=1; b=2");
    assertThat(cookies.header("x-session")).isEqualTo("token");

    cookies.keep("Set-Cookie", "a=; Path=/; Max-Age=0");
    cookies.keep("X-Session", "");
    assertThat(cookies.header("Cookie")).isEqualTo("b=2");
    assertThat(cookies.header("X-Session")).isNull();
  }

  @Test
  void showsNamesAndNoValues() {
    cookies.session(session -> session.put("user", "zoe"));
    assertThat(cookies).hasToString("SessionCookies[__Host-session]");
  }
}
