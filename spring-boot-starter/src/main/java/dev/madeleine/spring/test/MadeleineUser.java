package dev.madeleine.spring.test;

import dev.madeleine.HttpHeader;
import dev.madeleine.Session;
import dev.madeleine.Sessions;
import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClientConfigurer;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.support.WebApplicationContextUtils;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * A user who is logged in, for tests: the request brings a cookie sealed by the application's own
 * {@link Sessions}, and the application reads it as it reads any other. {@code @WithMockUser} puts
 * the user beside the session instead, so that nothing that happens to sessions is tested.
 *
 * <pre>{@code
 * mvc.perform(get("/orders").with(madeleineUser("marcel").roles("READER")))
 *     .andExpect(status().isOk());
 *
 * client.mutateWith(madeleineUser("marcel").roles("READER"))
 *     .get().uri("/orders").exchange().expectStatus().isOk();
 * }</pre>
 *
 * <p>Immutable.
 */
public final class MadeleineUser implements RequestPostProcessor, WebTestClientConfigurer {
  private final UserDetails user;

  private MadeleineUser(UserDetails user) {
    this.user = user;
  }

  /** A user of this name with the role USER. */
  public static MadeleineUser madeleineUser(String name) {
    return new MadeleineUser(User.withUsername(name).password("").roles("USER").build());
  }

  /** This user. One of a class of yours is looked up again by the application, as after a login. */
  public static MadeleineUser madeleineUser(UserDetails user) {
    return new MadeleineUser(user);
  }

  /** A user of the same name with these roles, without {@code ROLE_} in front, and nothing else. */
  public MadeleineUser roles(String... roles) {
    return madeleineUser(User.withUsername(user.getUsername()).password("").roles(roles).build());
  }

  /** A user of the same name with these authorities and no others. */
  public MadeleineUser authorities(String... authorities) {
    return madeleineUser(
        User.withUsername(user.getUsername()).password("").authorities(authorities).build());
  }

  /**
   * Adds the cookies to a request of MockMvc.
   *
   * @throws IllegalStateException if the application has no sessions in a cookie
   */
  @Override
  public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
    Sessions sessions =
        WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext())
            .getBean(Sessions.class);
    List<Cookie> cookies = new ArrayList<>();
    if (request.getCookies() != null) {
      cookies.addAll(Arrays.asList(request.getCookies()));
    }
    cookies(sessions).forEach((name, value) -> cookies.add(new Cookie(name, value)));
    request.setCookies(cookies.toArray(Cookie[]::new));
    return request;
  }

  /**
   * Sends the cookies with each request of a {@code WebTestClient} that is bound to a WebFlux
   * application, in the place of those with the same names; the user who was added last holds.
   *
   * @throws IllegalStateException if the client is bound to something else
   */
  @Override
  public void afterConfigurerAdded(
      WebTestClient.Builder client,
      @Nullable WebHttpHandlerBuilder application,
      @Nullable ClientHttpConnector connector) {
    if (application == null) {
      throw new IllegalStateException(
          "this WebTestClient is not bound to the context of a WebFlux application; give each"
              + " request its cookies: cookies(madeleineUser(…).in(sessions)), with the"
              + " application's bean of type Sessions");
    }
    application.httpHandlerDecorator(handler -> new UserSendingHandler(handler, this));
  }

  /**
   * The cookies for clients that take them as a map, as {@code WebTestClient} does when it sends
   * over the network.
   *
   * @param sessions those of the application, a bean of its context
   * @throws IllegalStateException if these sessions do not travel in a cookie
   */
  public Consumer<MultiValueMap<String, String>> in(Sessions sessions) {
    Map<String, String> cookies = cookies(sessions);
    return map -> cookies.forEach(map::add);
  }

  /** The cookies by their names. */
  Map<String, String> cookies(Sessions sessions) {
    if (sessions.transport().options() == null) {
      throw new IllegalStateException(
          "sessions travel in the header %s, so there is no cookie; let the test log in and send that header"
              .formatted(sessions.transport().name()));
    }
    Session session = sessions.load(name -> null);
    session.login(user.getUsername());
    session.put(
        HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities())));
    Map<String, String> cookies = new LinkedHashMap<>();
    for (HttpHeader header : sessions.save(session)) {
      if (header.name().equals("Set-Cookie")) {
        String pair = header.value().substring(0, header.value().indexOf(';'));
        int equals = pair.indexOf('=');
        cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return cookies;
  }

  /** The name of the user. */
  @Override
  public String toString() {
    return "MadeleineUser[" + user.getUsername() + "]";
  }
}
