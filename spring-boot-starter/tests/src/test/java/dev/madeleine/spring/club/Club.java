package dev.madeleine.spring.club;

import dev.madeleine.SessionPolicy;
import dev.madeleine.Sessions;
import dev.madeleine.spring.SessionsCustomizer;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An application with members of its own class, which may be remembered and sent away. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Club.Pages.class)
public class Club {
  /** The time of all nodes. */
  public static final AtomicReference<Instant> NOW = new AtomicReference<>();

  /** What all nodes in this process know of ended sessions. */
  private static final SessionPolicy POLICY =
      SessionPolicy.defaults()
          .withClock(NOW::get)
          .withRememberUpTo(Duration.ofDays(14))
          .withRevocationInMemory(100);

  /** A member, whose roles may change. */
  public record Member(String getUsername, int number, Collection<GrantedAuthority> getAuthorities)
      implements UserDetails {
    private static final long serialVersionUID = 1;

    @Override
    public String getUsername() {
      return getUsername;
    }

    @Override
    public Collection<GrantedAuthority> getAuthorities() {
      return getAuthorities;
    }

    @Override
    public String getPassword() {
      return "{noop}cake";
    }
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            rules ->
                rules
                    .requestMatchers("/public/**")
                    .permitAll()
                    .requestMatchers("/full")
                    .fullyAuthenticated()
                    .anyRequest()
                    .authenticated())
        .formLogin(form -> {})
        .rememberMe(remember -> {})
        .build();
  }

  @Bean
  UserDetailsService users() {
    return name -> {
      if (!name.equals("marcel")) {
        throw new UsernameNotFoundException(name);
      }
      return new Member(
          name, 7, AuthorityUtils.createAuthorityList("ROLE_READER", "ORDERS_WRITE"));
    };
  }

  @Bean
  SessionsCustomizer policy() {
    return sessions -> sessions.policy(POLICY);
  }

  @RestController
  static class Pages {
    private final ObjectProvider<Sessions> sessions;

    Pages(ObjectProvider<Sessions> sessions) {
      this.sessions = sessions;
    }

    @GetMapping("/public/token")
    String token(CsrfToken token) {
      return token.getToken();
    }

    @GetMapping("/me")
    String me(@AuthenticationPrincipal Member member, Authentication authentication) {
      return member.getUsername()
          + " number "
          + member.number()
          + " by "
          + authentication.getClass().getSimpleName();
    }

    @GetMapping("/full")
    String full(Principal user) {
      return user.getName();
    }

    @PostMapping("/public/send-away")
    String sendAway(@RequestParam String name) {
      sessions.getObject().policy().revocation().revokeSubject(name);
      return "gone";
    }
  }
}
