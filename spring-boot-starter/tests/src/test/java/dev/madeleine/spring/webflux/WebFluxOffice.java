package dev.madeleine.spring.webflux;

import java.security.Principal;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/** A WebFlux application whose pages and management are open to everybody. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(WebFluxOffice.Pages.class)
public class WebFluxOffice {
  @Bean
  SecurityWebFilterChain open(ServerHttpSecurity http) {
    return http.csrf(csrf -> csrf.disable())
        .authorizeExchange(rules -> rules.anyExchange().permitAll())
        .build();
  }

  /** Threads of this node's own, so that the end of one does not end the others. */
  @Bean
  ReactorResourceFactory threads() {
    ReactorResourceFactory factory = new ReactorResourceFactory();
    factory.setUseGlobalResources(false);
    return factory;
  }

  /** The pages. */
  @RestController
  static class Pages {
    @GetMapping("/views")
    Mono<String> views(WebSession session) {
      int views = session.getAttributeOrDefault("views", 0) + 1;
      session.getAttributes().put("views", views);
      return Mono.just("views " + views);
    }

    @GetMapping("/me")
    Mono<String> me(ServerWebExchange web) {
      return web.getPrincipal().map(Principal::getName).defaultIfEmpty("nobody");
    }
  }
}
