package dev.madeleine.servlet.spring;

import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.concurrent.Callable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A Spring Boot application with Spring Security and form login that knows nothing of Madeleine.
 */
@SpringBootApplication
@RestController
public class Shop {
  @Bean
  SecurityFilterChain security(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(
            rules ->
                rules
                    .requestMatchers("/count", "/async", "/fail", "/error", "/quiet")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .formLogin(form -> form.defaultSuccessUrl("/me"))
        .csrf(
            csrf ->
                csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse()).disable())
        .securityContext(context -> context.securityContextRepository(new PlainSecurityContexts()))
        .build();
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(
        User.withUsername("marcel").password("{noop}cake").roles("READER").build());
  }

  @GetMapping("/quiet")
  String quiet() {
    return "quiet";
  }

  @GetMapping("/count")
  int count(HttpSession session) {
    Integer before = (Integer) session.getAttribute("views");
    int views = before == null ? 1 : before + 1;
    session.setAttribute("views", views);
    return views;
  }

  @GetMapping("/async")
  Callable<Integer> async(HttpSession session) {
    return () -> count(session);
  }

  @GetMapping("/fail")
  String fail(HttpSession session) {
    session.setAttribute("failed", true);
    throw new IllegalStateException("on purpose");
  }

  @GetMapping("/me")
  String me(Principal user, HttpSession session) {
    return user.getName() + " " + session.getAttribute("views");
  }
}
