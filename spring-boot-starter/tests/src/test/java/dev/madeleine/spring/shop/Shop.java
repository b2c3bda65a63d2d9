package dev.madeleine.spring.shop;

import dev.madeleine.Attribute;
import dev.madeleine.spring.SessionsCustomizer;
import java.util.Locale;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.switchuser.SwitchUserFilter;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;
import org.springframework.web.servlet.i18n.SessionLocaleResolver;

/**
 * An ordinary application with form login, CSRF tokens, flash messages, a wizard, a scoped bean and
 * switching of users. Of its sessions it says only which classes of its own it keeps there.
 */
@SpringBootApplication
@EnableMethodSecurity
public class Shop {
  public static void main(String[] arguments) {
    SpringApplication.run(Shop.class, arguments);
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http, UserDetailsService users) throws Exception {
    SwitchUserFilter switching = new SwitchUserFilter();
    switching.setUserDetailsService(users);
    switching.setTargetUrl("/me");
    switching.setSwitchFailureUrl("/me");
    switching.afterPropertiesSet();
    return http.authorizeHttpRequests(
            rules ->
                rules
                    .requestMatchers("/public/**", "/error")
                    .permitAll()
                    .requestMatchers("/admin/**", "/login/impersonate")
                    .hasRole("ADMIN")
                    .anyRequest()
                    .authenticated())
        .formLogin(form -> {})
        .httpBasic(basic -> {})
        .logout(logout -> logout.logoutSuccessUrl("/public/bye"))
        .addFilter(switching)
        .build();
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(
        User.withUsername("marcel").password("{noop}cake").roles("READER", "WRITER").build(),
        User.withUsername("celeste").password("{noop}tea").roles("ADMIN", "READER").build(),
        User.withUsername("odette").password("{noop}x").roles("READER").disabled(true).build());
  }

  @Bean
  LocaleResolver localeResolver() {
    SessionLocaleResolver resolver = new SessionLocaleResolver();
    resolver.setDefaultLocale(Locale.ENGLISH);
    return resolver;
  }

  @Bean
  WebMvcConfigurer languages() {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new LocaleChangeInterceptor()); // ?locale=fr
      }
    };
  }

  @Bean
  SessionsCustomizer ownClasses() {
    return sessions ->
        sessions.attributes(
            Attribute.of("order", Order.class),
            Attribute.of("scopedTarget.basket", Basket.class));
  }
}
