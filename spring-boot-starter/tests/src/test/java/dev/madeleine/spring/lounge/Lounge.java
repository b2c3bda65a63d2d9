package dev.madeleine.spring.lounge;

import dev.madeleine.SessionPolicy;
import dev.madeleine.spring.SessionsCustomizer;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.session.HttpSessionCreatedEvent;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application whose properties say how Spring Security manages its sessions. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Lounge.Pages.class)
public class Lounge {
  /** What all nodes in this process know of ended sessions. */
  private static final SessionPolicy POLICY = SessionPolicy.defaults().withRevocationInMemory(100);

  @Bean
  SecurityFilterChain security(HttpSecurity http, Environment environment) throws Exception {
    http.authorizeHttpRequests(
            rules -> rules.requestMatchers("/public/**").permitAll().anyRequest().authenticated())
        .formLogin(Customizer.withDefaults())
        .httpBasic(Customizer.withDefaults())
        .logout(logout -> logout.logoutSuccessUrl("/public/bye").deleteCookies("JSESSIONID"))
        .sessionManagement(sessions -> manage(sessions, environment));
    return http.build();
  }

  private static void manage(
      SessionManagementConfigurer<HttpSecurity> sessions, Environment environment) {
    Integer most = environment.getProperty("lounge.most", Integer.class);
    if (most != null) {
      sessions
          .maximumSessions(most)
          .maxSessionsPreventsLogin(
              environment.getProperty("lounge.prevents-login", Boolean.class, false));
    }
    String invalid = environment.getProperty("lounge.invalid-url");
    if (invalid != null) {
      sessions.invalidSessionUrl(invalid);
    }
    if (environment.getProperty("lounge.invalid-text") != null) {
      sessions.invalidSessionStrategy(
          (request, response) -> {
            response.setStatus(419);
            response.getWriter().print("your session has ended");
          });
    }
    SessionCreationPolicy creation =
        environment.getProperty("lounge.creation", SessionCreationPolicy.class);
    if (creation != null) {
      sessions.sessionCreationPolicy(creation);
    }
    switch (environment.getProperty("lounge.fixation", "")) {
      case "none" -> sessions.sessionFixation(fixation -> fixation.none());
      case "new" -> sessions.sessionFixation(fixation -> fixation.newSession());
      case "migrate" -> sessions.sessionFixation(fixation -> fixation.migrateSession());
      case "change" -> sessions.sessionFixation(fixation -> fixation.changeSessionId());
      default -> {}
    }
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(
        User.withUsername("marcel").password("{noop}cake").roles("READER").build(),
        User.withUsername("celeste").password("{noop}cake").roles("READER").build());
  }

  @Bean
  @ConditionalOnProperty("lounge.revocation")
  SessionsCustomizer policy() {
    return sessions -> sessions.policy(POLICY);
  }

  @Bean
  @ConditionalOnProperty("lounge.registry")
  SessionRegistry registry() {
    return new SessionRegistryImpl();
  }

  @Bean
  HttpSessionEventPublisher publisher() {
    return new HttpSessionEventPublisher();
  }

  /** How many sessions this node has begun, and how many of users it has ended. */
  public static final class Counts {
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger destroyed = new AtomicInteger();

    @EventListener
    void created(HttpSessionCreatedEvent event) {
      created.incrementAndGet();
    }

    @EventListener
    void destroyed(HttpSessionDestroyedEvent event) {
      if (!event.getSecurityContexts().isEmpty()) {
        destroyed.incrementAndGet();
      }
    }

    public int created() {
      return created.get();
    }

    public int destroyed() {
      return destroyed.get();
    }
  }

  @Bean
  Counts counts() {
    return new Counts();
  }

  @RestController
  static class Pages {
    @GetMapping("/public/token")
    String token(CsrfToken token) {
      return token.getToken();
    }

    @GetMapping("/public/bye")
    String bye() {
      return "bye";
    }

    @GetMapping("/public/put")
    String put(HttpSession session) {
      session.setAttribute("wish", "tea");
      return "put";
    }

    @GetMapping("/me")
    String me(Principal user) {
      return user.getName();
    }

    @GetMapping("/wish")
    String wish(HttpSession session) {
      return "wish " + session.getAttribute("wish");
    }
  }
}
