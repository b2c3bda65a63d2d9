package dev.madeleine.benchmarks.servers;

import io.lettuce.core.LettuceVersion;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.InetAddress;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * Spring Session with Redis, put together as its {@code @EnableRedisHttpSession} does: the
 * repository without indexes, JDK serialization, one shared connection of Lettuce.
 */
final class SpringSessions implements ServletContextListener {
  private final LettuceConnectionFactory connections;

  /** Sessions in the Redis at this port of the loopback address. */
  SpringSessions(int redisPort) {
    connections =
        new LettuceConnectionFactory(
            new RedisStandaloneConfiguration(
                InetAddress.getLoopbackAddress().getHostAddress(), redisPort));
    connections.afterPropertiesSet();
    connections.start();
  }

  /** The filter that finds and saves them. */
  Filter filter() {
    RedisTemplate<String, Object> template = new RedisTemplate<>();
    template.setKeySerializer(RedisSerializer.string());
    template.setHashKeySerializer(RedisSerializer.string());
    template.setConnectionFactory(connections);
    template.afterPropertiesSet();
    return new SessionRepositoryFilter<>(new RedisSessionRepository(template));
  }

  /** Ends the connections with the application. */
  @Override
  public void contextDestroyed(ServletContextEvent event) {
    connections.destroy();
  }

  static String version() {
    return "Spring Session %s with Lettuce %s"
        .formatted(
            SessionRepositoryFilter.class.getPackage().getImplementationVersion(),
            LettuceVersion.getVersion());
  }
}
