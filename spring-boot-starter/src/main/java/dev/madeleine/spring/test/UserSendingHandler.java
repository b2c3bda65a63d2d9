package dev.madeleine.spring.test;

import dev.madeleine.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.adapter.HttpWebHandlerAdapter;
import reactor.core.publisher.Mono;

/** A WebFlux application all of whose requests bring the cookies of a user. */
final class UserSendingHandler implements HttpHandler {
  private final HttpHandler application;
  private final MadeleineUser user;
  private final Sessions sessions;

  /**
   * An application with a user.
   *
   * @param application the application itself, or with another user
   * @throws IllegalStateException if it has no sessions in a cookie
   */
  UserSendingHandler(HttpHandler application, MadeleineUser user) {
    this.application = application;
    this.user = user;
    sessions = sessions(application);
  }

  private static Sessions sessions(HttpHandler application) {
    if (application instanceof UserSendingHandler sending) {
      return sending.sessions;
    }
    ApplicationContext context =
        application instanceof HttpWebHandlerAdapter adapter
            ? adapter.getApplicationContext()
            : null;
    Sessions sessions =
        context == null ? null : context.getBeanProvider(Sessions.class).getIfUnique();
    if (sessions == null) {
      throw new IllegalStateException(
          "this WebTestClient knows no bean of type Sessions; make it with"
              + " WebTestClient.bindToApplicationContext, and the context of the application");
    }
    return sessions;
  }

  @Override
  public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
    Map<String, String> ours = user.cookies(sessions);
    List<String> pairs = new ArrayList<>();
    request
        .getCookies()
        .forEach(
            (name, cookies) -> {
              if (!ours.containsKey(name)) {
                cookies.forEach(cookie -> pairs.add(name + "=" + cookie.getValue()));
              }
            });
    ours.forEach((name, value) -> pairs.add(name + "=" + value));
    String line = String.join("; ", pairs);
    return application.handle(request.mutate().header(HttpHeaders.COOKIE, line).build(), response);
  }
}
