package dev.madeleine.sample;

import dev.madeleine.Attribute;
import dev.madeleine.SessionPolicy;
import dev.madeleine.spring.SessionsCustomizer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A shop with a login, a cart and messages. With {@code --two} a second node with the same key
 * listens on the next port.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class Sample {
  private static final System.Logger LOG = System.getLogger(Sample.class.getName());

  static final Attribute<Cart> CART = Attribute.of("cart", Cart.class);

  /** Of all nodes in this process, so that a logout everywhere holds on each of them. */
  private static final SessionPolicy POLICY = SessionPolicy.defaults().withRevocationInMemory();

  public static void main(String[] arguments) {
    if (!List.of(arguments).contains("--two")) {
      announce(SpringApplication.run(Sample.class, arguments));
      return;
    }
    Map<String, Object> key = Map.of();
    if (System.getenv("MADELEINE_KEYS") == null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "both nodes use a key made for this run: all sessions end with this process. Set"
              + " MADELEINE_KEYS");
      key = Map.of("madeleine.keys", newKey());
    }
    ConfigurableApplicationContext first = start(key, arguments);
    int next = announce(first) + 1;
    ConfigurableApplicationContext second = start(key, arguments, "--server.port=" + next);
    announce(second);
  }

  private static ConfigurableApplicationContext start(
      Map<String, Object> properties, String[] arguments, String... more) {
    SpringApplication node = new SpringApplication(Sample.class);
    node.setDefaultProperties(properties);
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return node.run(all);
  }

  private static String newKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return "base64:" + Base64.getEncoder().encodeToString(key);
  }

  /** Says where a node is, and returns its port. */
  private static int announce(ConfigurableApplicationContext node) {
    String port = node.getEnvironment().getRequiredProperty("local.server.port");
    LOG.log(
        System.Logger.Level.INFO,
        "open http://localhost:{0} and log in as marcel with the password cake",
        port);
    return Integer.parseInt(port);
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(rules -> rules.anyRequest().authenticated())
        .formLogin(form -> form.defaultSuccessUrl("/"))
        .build();
  }

  @Bean
  UserDetailsService users() {
    return new InMemoryUserDetailsManager(
        User.withUsername("marcel").password("{noop}cake").roles("CUSTOMER").build());
  }

  @Bean
  SessionsCustomizer sessions() {
    return sessions -> sessions.policy(POLICY).attributes(CART);
  }

  @Bean
  Page page(Environment environment) {
    return new Page(environment);
  }
}
