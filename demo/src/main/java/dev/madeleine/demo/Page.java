package dev.madeleine.demo;

import dev.madeleine.KeyRing;
import dev.madeleine.MasterKey;
import dev.madeleine.SessionEvent;
import dev.madeleine.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one page: shows the session of a request, and the cookie that it lives in. */
final class Page {
  private final Template template = Template.read("page.html");
  private final Sessions sessions;
  private final KeyFile keys;
  private final Journal journal;
  private final Experiments experiments;
  private final InstantSource clock;

  Page(
      Sessions sessions,
      KeyFile keys,
      Journal journal,
      Experiments experiments,
      InstantSource clock) {
    this.sessions = sessions;
    this.keys = keys;
    this.journal = journal;
    this.experiments = experiments;
    this.clock = clock;
  }

  /** Answers with the page, or programs with the message, when something was refused. */
  void refused(HttpServletRequest request, HttpServletResponse response, String message)
      throws IOException {
    if (Answer.wantsHtml(request)) {
      response.setStatus(Answer.REFUSED);
      show(request, response, Map.of("refused", message));
    } else {
      Answer.json(response, Answer.REFUSED, Map.of("error", message));
    }
  }

  /**
   * Answers with the page. Comes after everything that changes the session: the cookie that the
   * page shows is the one in the response.
   *
   * @param news what this request has to report besides
   */
  void show(HttpServletRequest request, HttpServletResponse response, Map<String, Object> news)
      throws IOException {
    Map<String, Object> values = new LinkedHashMap<>(news);
    values.put("cookieName", sessions.transport().name());
    values.put("process", ProcessHandle.current().pid());
    values.put("port", request.getLocalPort());
    values.put("keyFile", keys.path());
    values.put(
        "url",
        "%s://%s:%d"
            .formatted(request.getScheme(), request.getServerName(), request.getServerPort()));
    values.put("kinds", kinds(request.getParameter("kind")));
    values.put("nameGiven", given(request, "name"));
    values.put("valueGiven", given(request, "value"));
    session(request.getSession(false), values);
    cookies(request, response, values);
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().write(template.render(values));
  }

  private static void session(@Nullable HttpSession session, Map<String, Object> values) {
    int views = session == null ? 0 : Visits.of(session);
    values.put("views", views);
    values.put("visits", views == 1 ? "visit" : "visits");
    if (session == null) {
      return;
    }
    values.put("sessionId", session.getId());
    List<Map<String, Object>> attributes = new ArrayList<>();
    for (String name : Collections.list(session.getAttributeNames())) {
      Object value = session.getAttribute(name);
      attributes.add(
          Map.of("name", name, "value", value, "type", value.getClass().getSimpleName()));
    }
    values.put("attributes", attributes);
    Object user = session.getAttribute(LoginServlet.USER);
    if (user != null) {
      values.put("user", user);
    }
  }

  private void cookies(
      HttpServletRequest request, HttpServletResponse response, Map<String, Object> values) {
    KeyRing ring = keys.get();
    String name = sessions.transport().name();
    String came = BrowserCookie.cameWith(request, name);
    for (SessionEvent event : journal.soFar()) {
      if (event instanceof SessionEvent.Rejected rejected) {
        came = null;
        values.put(
            "rejected",
            Map.of("reason", rejected.reason(), "words", PlainWords.why(rejected.reason())));
      }
    }
    String sent = BrowserCookie.goesWith(response, name);
    String held = sent == null ? came : sent;
    Anatomy before = came == null ? null : Anatomy.of(came);
    Anatomy now = held == null ? null : Anatomy.of(held);
    if (now != null) {
      values.put(
          "cookie",
          new CookieView(
                  Objects.requireNonNull(sessions.transport().options()),
                  now,
                  ring,
                  clock.instant())
              .values());
    }
    if (before != null && now != null && !before.keyId().equals(now.keyId())) {
      values.put("resealed", Map.of("before", before.keyId(), "after", now.keyId()));
    }
    tried(request, came, before, ring, values);
  }

  private void tried(
      HttpServletRequest request,
      @Nullable String came,
      @Nullable Anatomy anatomy,
      KeyRing ring,
      Map<String, Object> values) {
    String experiment = given(request, "try");
    boolean rotated = given(request, "did").equals("rotate");
    if (rotated || values.containsKey("resealed")) {
      List<String> older = ring.olderKeys().stream().map(MasterKey::id).toList();
      values.put(
          "rotated", Map.of("signing", ring.signingKey().id(), "older", String.join(", ", older)));
    }
    if (came != null && anatomy != null && experiment.equals("tamper")) {
      values.put("tampered", experiments.tamper(came, anatomy));
    } else if (came != null && anatomy != null && experiment.equals("move")) {
      values.put("moved", experiments.move(came));
    } else if (!experiment.isEmpty()) {
      values.put("nothingToTry", true);
    }
    values.put("loggedOut", given(request, "did").equals("logout"));
  }

  private static List<Map<String, Object>> kinds(@Nullable String selected) {
    List<Map<String, Object>> kinds = new ArrayList<>();
    for (AttributeKind kind : AttributeKind.values()) {
      kinds.add(
          Map.of(
              "kind",
              kind.name(),
              "label",
              kind.label(),
              "selected",
              kind.name().equals(selected)));
    }
    return kinds;
  }

  private static String given(HttpServletRequest request, String parameter) {
    String value = request.getParameter(parameter);
    return value == null ? "" : value;
  }
}
