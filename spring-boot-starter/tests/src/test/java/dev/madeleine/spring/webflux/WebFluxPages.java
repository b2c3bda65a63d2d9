package dev.madeleine.spring.webflux;

import dev.madeleine.Sessions;
import dev.madeleine.spring.reactive.CookieWebSession;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The pages of the shop. */
@RestController
public class WebFluxPages {
  private final ObjectProvider<Sessions> sessions;

  WebFluxPages(ObjectProvider<Sessions> sessions) {
    this.sessions = sessions;
  }

  @GetMapping("/public/token")
  Mono<String> token(ServerWebExchange web) {
    Mono<CsrfToken> token = web.getRequiredAttribute(CsrfToken.class.getName());
    return token.map(CsrfToken::getToken);
  }

  @GetMapping("/public/quiet")
  Mono<String> quiet() {
    return Mono.just("quiet");
  }

  @GetMapping("/public/bye")
  Mono<String> bye() {
    return Mono.just("bye");
  }

  @GetMapping("/public/cookies")
  Mono<String> cookies(ServerWebExchange web) {
    return Mono.just(String.valueOf(web.getRequest().getHeaders().get("Cookie")));
  }

  @GetMapping("/public/count")
  Mono<String> count(WebSession session) {
    int views = session.getAttributeOrDefault("views", 0) + 1;
    session.getAttributes().put("views", views);
    return Mono.just("views " + views).delayElement(Duration.ofMillis(1));
  }

  @GetMapping("/public/views")
  Mono<String> views(WebSession session) {
    return Mono.just("views " + session.getAttribute("views"));
  }

  @GetMapping("/public/cart")
  Mono<String> cart(WebSession session, @RequestParam(required = false) String add) {
    List<String> cart = session.getAttributeOrDefault("cart", new ArrayList<>());
    if (add != null) {
      session.getAttributes().putIfAbsent("cart", cart);
      List<String> kept = session.getRequiredAttribute("cart");
      kept.add(add);
      return Mono.just("cart " + kept);
    }
    return Mono.just("cart " + cart);
  }

  @GetMapping("/public/grow")
  Mono<String> grow(WebSession session) {
    List<String> cart = session.getRequiredAttribute("cart");
    cart.add("x".repeat(10_000));
    return Mono.just("grown");
  }

  @GetMapping("/public/large")
  Mono<String> large(WebSession session) {
    try {
      session.getAttributes().put("views", "x".repeat(10_000));
      return Mono.just("taken");
    } catch (IllegalArgumentException e) {
      return Mono.just("refused, views " + session.getAttribute("views"));
    }
  }

  @GetMapping("/public/late")
  Flux<String> late(WebSession session) {
    return Flux.just("first ", "last")
        .delayElements(Duration.ofMillis(30))
        .doOnNext(
            part -> {
              if (part.equals("last")) {
                session.getAttributes().put("late", 1);
              }
            });
  }

  @GetMapping("/public/late-cart")
  Flux<String> lateCart(WebSession session) {
    List<String> cart = session.getRequiredAttribute("cart");
    return Flux.just("first ", "last")
        .delayElements(Duration.ofMillis(30))
        .doOnNext(
            part -> {
              if (part.equals("last")) {
                cart.add("tea");
              }
            });
  }

  @GetMapping("/public/events")
  Flux<ServerSentEvent<String>> events(WebSession session) {
    session.getAttributes().put("listening", true);
    return Flux.just("one", "two")
        .delayElements(Duration.ofMillis(30))
        .map(
            event -> {
              session.getAttributes().put(event, 1);
              return ServerSentEvent.builder(event).build();
            });
  }

  @GetMapping("/public/heard")
  Mono<String> heard(WebSession session) {
    return Mono.just(
        "listening %s, one %s, two %s"
            .formatted(
                session.getAttribute("listening"),
                session.getAttribute("one"),
                session.getAttribute("two")));
  }

  @GetMapping("/public/sleep")
  Mono<String> sleep() throws InterruptedException {
    Thread.sleep(1);
    return Mono.just("slept");
  }

  @GetMapping("/public/start")
  Mono<String> start(WebSession session) {
    session.start();
    return Mono.just("started " + session.isStarted());
  }

  @GetMapping("/public/clear")
  Mono<String> clear(WebSession session) {
    session.getAttributes().clear();
    return Mono.just("cleared " + session.getAttributes().isEmpty());
  }

  @GetMapping("/public/change-id")
  Mono<String> changeId(WebSession session) {
    String before = session.getId();
    return session
        .changeSessionId()
        .then(Mono.fromCallable(() -> "changed " + !session.getId().equals(before)));
  }

  @GetMapping("/public/invalidate")
  Mono<String> invalidate(WebSession session) {
    return session
        .invalidate()
        .then(
            Mono.fromCallable(
                () -> {
                  session.getAttributes().put("views", 7);
                  return "expired " + session.isExpired() + " started " + session.isStarted();
                }));
  }

  @GetMapping("/public/idle")
  Mono<String> idle(WebSession session, @RequestParam(required = false) Long seconds) {
    if (seconds != null) {
      session.setMaxIdleTime(Duration.ofSeconds(seconds));
      session.getAttributes().put("idle", seconds);
    }
    return Mono.just("idle " + session.getMaxIdleTime());
  }

  @GetMapping("/public/log-in-by-hand")
  Mono<String> logInByHand(ServerWebExchange web, @RequestParam String name) {
    return CookieWebSession.of(web)
        .doOnNext(session -> session.login(name, "tenant:combray"))
        .map(session -> "logged in");
  }

  @GetMapping("/public/log-out-by-hand")
  Mono<String> logOutByHand(ServerWebExchange web) {
    return CookieWebSession.of(web)
        .doOnNext(CookieWebSession::logout)
        .map(session -> "logged out, views " + session.getAttribute("views"));
  }

  @GetMapping("/public/send-tenant-away")
  Mono<String> sendTenantAway() {
    sessions.getObject().policy().revocation().revokeKey("tenant:combray");
    return Mono.just("gone");
  }

  @GetMapping("/saved/page")
  Mono<String> saved(Principal user, @RequestParam String q) {
    return Mono.just(user.getName() + " wanted " + q);
  }

  @GetMapping("/me")
  Mono<String> me(Authentication user) {
    List<String> roles =
        user.getAuthorities().stream()
            .map(authority -> String.valueOf(authority.getAuthority()))
            .filter(name -> name.startsWith("ROLE_"))
            .sorted()
            .toList();
    return Mono.just(user.getName() + " " + roles);
  }

  @GetMapping("/principal")
  Mono<String> principal(@AuthenticationPrincipal UserDetails user) {
    return Mono.just(user.getUsername() + " is a " + user.getClass().getSimpleName());
  }

  @GetMapping("/number")
  Mono<String> number(@AuthenticationPrincipal WebFluxShop.Member member) {
    return Mono.just("number " + member.number());
  }

  @GetMapping("/admin/page")
  Mono<String> admin() {
    return Mono.just("admin");
  }

  @GetMapping("/close")
  @PreAuthorize("hasRole('ADMIN')")
  public Mono<String> close() {
    return Mono.just("closed");
  }

  @PostMapping("/public/send")
  Mono<ResponseEntity<Void>> send() {
    return Mono.just(
        ResponseEntity.status(HttpStatus.SEE_OTHER).header("Location", "/public/bye").build());
  }

  @GetMapping("/public/send-away")
  Mono<String> sendAway(@RequestParam String name) {
    sessions.getObject().policy().revocation().revokeSubject(name);
    return Mono.just("gone");
  }
}
