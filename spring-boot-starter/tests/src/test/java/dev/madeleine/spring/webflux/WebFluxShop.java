package dev.madeleine.spring.webflux;

import dev.madeleine.Attribute;
import dev.madeleine.SessionEvent;
import dev.madeleine.SessionPolicy;
import dev.madeleine.spring.SessionsCustomizer;
import dev.madeleine.spring.reactive.CookieWebSession;
import dev.madeleine.spring.reactive.WebSessionListener;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.SwitchUserWebFilter;
import org.springframework.security.web.server.authentication.logout.RedirectServerLogoutSuccessHandler;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import reactor.core.publisher.Mono;

/** An ordinary WebFlux application with a login form; one of its users has a class of its own. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableWebFluxSecurity
@EnableReactiveMethodSecurity
@Import({WebFluxPages.class, WebFluxWizard.class})
public class WebFluxShop {
  /** The members of the shop by name, whose roles may change. */
  public static final Map<String, Member> MEMBERS = new ConcurrentHashMap<>();

  /** What was reported of sessions. */
  public static final List<SessionEvent> EVENTS = new CopyOnWriteArrayList<>();

  /** What was put into sessions and removed, by name. */
  public static final List<String> CHANGED = new CopyOnWriteArrayList<>();

  /** What all nodes in this process know of ended sessions. */
  private static final SessionPolicy POLICY = SessionPolicy.defaults().withRevocationInMemory(100);

  /** A user of a class of the application's own. */
  public record Member(
      String getUsername,
      int number,
      Collection<GrantedAuthority> getAuthorities,
      boolean isAccountNonLocked)
      implements UserDetails {
    private static final long serialVersionUID = 1;

    /** A member with one role. */
    public static Member of(String name, int number, String role) {
      return new Member(name, number, AuthorityUtils.createAuthorityList(role), true);
    }

    /** The same member, who may not log in any more. */
    public Member locked() {
      return new Member(getUsername, number, getAuthorities, false);
    }

    @Override
    public boolean isAccountNonLocked() {
      return isAccountNonLocked;
    }

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
  SecurityWebFilterChain security(ServerHttpSecurity http, ReactiveUserDetailsService users) {
    RedirectServerLogoutSuccessHandler bye = new RedirectServerLogoutSuccessHandler();
    bye.setLogoutSuccessUrl(URI.create("/public/bye"));
    return http.authorizeExchange(
            rules ->
                rules
                    .pathMatchers("/public/**")
                    .permitAll()
                    .pathMatchers("/admin/**", "/login/impersonate")
                    .hasRole("ADMIN")
                    .anyExchange()
                    .authenticated())
        .formLogin(form -> {})
        .httpBasic(basic -> {})
        .logout(logout -> logout.logoutSuccessHandler(bye))
        .addFilterAfter(
            new SwitchUserWebFilter(users, "/me", "/me"), SecurityWebFiltersOrder.AUTHORIZATION)
        .build();
  }

  @Bean
  ReactiveUserDetailsService users() {
    Map<String, UserDetails> users =
        Map.of(
            "marcel",
            User.withUsername("marcel").password("{noop}cake").roles("READER", "WRITER").build(),
            "celeste",
            User.withUsername("celeste").password("{noop}tea").roles("ADMIN").build());
    return name -> {
      UserDetails member = MEMBERS.get(name);
      UserDetails user = member == null ? users.get(name) : member;
      return user == null
          ? Mono.empty()
          : Mono.just(user instanceof Member ? user : User.withUserDetails(user).build());
    };
  }

  /** Threads of this node's own, so that the end of one does not end the others. */
  @Bean
  ReactorResourceFactory threads() {
    ReactorResourceFactory factory = new ReactorResourceFactory();
    factory.setUseGlobalResources(false);
    return factory;
  }

  @Bean
  SessionsCustomizer policy() {
    return sessions ->
        sessions.policy(POLICY).attributes(Attribute.of("order", WebFluxWizard.Order.class));
  }

  @Bean
  Consumer<SessionEvent> events() {
    return EVENTS::add;
  }

  @Bean
  WebSessionListener changes() {
    return new WebSessionListener() {
      @Override
      public void changed(
          CookieWebSession session, String name, Object before, Object value) {
        CHANGED.add(name + " " + before + " " + value);
      }
    };
  }
}
