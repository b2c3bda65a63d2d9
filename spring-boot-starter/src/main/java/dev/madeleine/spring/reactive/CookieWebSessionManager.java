package dev.madeleine.spring.reactive;

import dev.madeleine.Sessions;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives each request to a WebFlux application its session out of the cookie, and writes the cookie
 * before the response is committed. Nothing blocks. As a filter, the very first one, it reports
 * what an application changed in place later.
 *
 * <p>The session is a {@link CookieWebSession}. In a Spring Boot application it is there by itself;
 * elsewhere it is a bean of the name {@code webSessionManager}.
 */
public final class CookieWebSessionManager implements WebSessionManager, WebFilter, Ordered {
  private final Sessions sessions;
  private final List<WebSessionListener> listeners;

  /** A manager of these sessions. */
  public CookieWebSessionManager(Sessions sessions, List<WebSessionListener> listeners) {
    this.sessions = sessions;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public Mono<WebSession> getSession(ServerWebExchange web) {
    return Mono.defer(
        () -> {
          CookieWebSession session = new CookieWebSession(sessions, web, listeners);
          session.attachTo(web);
          web.getResponse().beforeCommit(() -> Mono.fromRunnable(session::writeHeaders));
          return Flux.fromIterable(listeners)
              .concatMap(listener -> listener.received(session))
              .then(Mono.just(session));
        });
  }

  @Override
  public Mono<Void> filter(ServerWebExchange web, WebFilterChain chain) {
    return chain
        .filter(web)
        .doFinally(
            end -> {
              CookieWebSession session = CookieWebSession.attachedTo(web);
              if (session != null) {
                session.end();
              }
            });
  }

  /** That of the very first filter. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
