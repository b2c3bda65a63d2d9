package dev.madeleine.demo;

import dev.madeleine.Decoded;
import dev.madeleine.HttpHeader;
import dev.madeleine.Session;
import dev.madeleine.SessionEncoder;
import dev.madeleine.SessionEvent;
import dev.madeleine.Sessions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What happens to a cookie that somebody has meddled with. Each experiment takes a copy; the cookie
 * in the browser is not touched.
 */
final class Experiments {
  private static final int SHOWN = 14;

  private final Sessions sessions;
  private final Journal journal;
  private final Random random;

  Experiments(Sessions sessions, Journal journal, Random random) {
    this.sessions = sessions;
    this.journal = journal;
    this.random = random;
  }

  /** What became of a cookie that was presented. */
  private record Outcome(boolean isNew, boolean setsCookie, List<SessionEvent> events) {
    String reason() {
      return events.stream().map(Outcome::name).findFirst().orElse("accepted");
    }

    private static String name(SessionEvent event) {
      return event instanceof SessionEvent.Rejected rejected
          ? rejected.reason().name()
          : event.toString();
    }
  }

  /** Changes one character of the text and presents it as a browser would. */
  Map<String, Object> tamper(String text, Anatomy anatomy) {
    Tampering attempt = Tampering.with(text, anatomy, random);
    Anatomy forged = Anatomy.of(attempt.text());
    String json = forged == null ? "" : forged.json();
    Outcome outcome = present(attempt.text());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("position", attempt.at() + 1);
    values.put("length", text.length());
    values.put("character", attempt.before());
    values.put("replacement", attempt.after());
    values.put("textBefore", excerpt(text, attempt.at()));
    values.put("textAfter", excerpt(attempt.text(), attempt.at()));
    values.put("jsonBefore", excerpt(anatomy.json(), firstDifference(anatomy.json(), json)));
    values.put("jsonAfter", excerpt(json, firstDifference(anatomy.json(), json)));
    values.put("reason", outcome.reason());
    values.put("session", outcome.isNew() ? "a new session, with nothing in it" : "your session");
    values.put("setCookie", outcome.setsCookie() ? "one" : "none");
    values.put("yours", present(text).reason());
    return values;
  }

  /** Presents the text under another cookie's name. */
  Map<String, Object> move(String text) {
    String name = sessions.transport().name();
    String otherName = name.startsWith("__Host-") ? "__Host-wishlist" : "wishlist";
    SessionEncoder here = sessions.transport().encoder();
    SessionEncoder there = here.withName(otherName);
    return Map.of(
        "otherName",
        otherName,
        "start",
        text.substring(0, Math.min(2 * SHOWN, text.length())),
        "here",
        verdict(here.decode(text)),
        "there",
        verdict(there.decode(text)));
  }

  private Outcome present(String text) {
    String cookie = sessions.transport().name() + "=" + text;
    Session session = sessions.load(header -> header.equals("Cookie") ? List.of(cookie) : null);
    List<HttpHeader> answer = new ArrayList<>();
    List<SessionEvent> events = journal.during(() -> answer.addAll(asked(session)));
    boolean setsCookie = answer.stream().anyMatch(header -> header.name().equals("Set-Cookie"));
    return new Outcome(session.isNew(), setsCookie, events);
  }

  private List<HttpHeader> asked(Session session) {
    session.names();
    return sessions.save(session);
  }

  private static String verdict(Decoded decoded) {
    return decoded instanceof Decoded.Rejected rejected ? rejected.reason().name() : "accepted";
  }

  private static int firstDifference(String one, String other) {
    int at = 0;
    while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at;
  }

  /** A little of the text on both sides of this position. */
  private static Map<String, Object> excerpt(String text, int at) {
    int from = Math.max(0, at - SHOWN);
    int to = Math.min(text.length(), at + 1 + SHOWN);
    int middle = Math.min(text.length(), at + 1);
    return Map.of(
        "left",
        (from > 0 ? "…" : "") + text.substring(from, at),
        "middle",
        text.substring(at, middle),
        "right",
        text.substring(middle, to) + (to < text.length() ? "…" : ""));
  }
}
