package dev.madeleine.spring;

import dev.madeleine.CookieOptions;
import dev.madeleine.SessionPolicy;
import dev.madeleine.SessionTransport;
import dev.madeleine.Sessions;
import dev.madeleine.keys.KeyStatus;
import dev.madeleine.keys.ReloadingKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * How sessions are set up, what the keys do, and why cookies were rejected; never a key, a session
 * or a name of a user. To end the sessions of a user is allowed with {@code
 * management.endpoint.madeleine.access=unrestricted} only.
 */
@Endpoint(id = "madeleine", defaultAccess = Access.READ_ONLY)
final class MadeleineEndpoint {
  private final Sessions sessions;
  private final @Nullable ReloadingKeys keys;
  private final RejectionCounts rejections;

  MadeleineEndpoint(Sessions sessions, @Nullable ReloadingKeys keys, RejectionCounts rejections) {
    this.sessions = sessions;
    this.keys = keys;
    this.rejections = rejections;
  }

  /**
   * What the endpoint shows.
   *
   * @param cookie the cookie, or the header, that sessions travel in
   * @param format how they are written
   * @param timeouts when they end
   * @param revocation what can end them before their time
   * @param keys the keys, or null if the application made its sessions without the starter's
   * @param rejected how many cookies this process has rejected, by reason
   */
  record Report(
      Cookie cookie,
      String format,
      Timeouts timeouts,
      String revocation,
      @Nullable Keys keys,
      Map<String, Long> rejected) {}

  /**
   * The cookie.
   *
   * @param name its name, or that of the header
   * @param options its attributes, or null for a header
   */
  record Cookie(String name, @Nullable String options) {}

  /**
   * When sessions end, as ISO 8601 durations.
   *
   * @param idle without use
   * @param absolute at the latest
   * @param rememberUpTo at the latest, if they asked to be remembered
   */
  record Timeouts(String idle, String absolute, String rememberUpTo) {
    static Timeouts of(SessionPolicy policy) {
      return new Timeouts(
          policy.idle().toString(), policy.absolute().toString(), policy.rememberUpTo().toString());
    }
  }

  /**
   * The keys and their source.
   *
   * @param loadedAt when the keys in use were read first
   * @param confirmedAt when their source was in order last
   * @param failure what was wrong with it at the last look, or null
   * @param ring what each key does
   */
  record Keys(String loadedAt, String confirmedAt, @Nullable String failure, List<Key> ring) {
    static Keys of(ReloadingKeys keys) {
      ReloadingKeys.Failure failure = keys.lastFailure();
      return new Keys(
          keys.loadedAt().toString(),
          keys.confirmedAt().toString(),
          failure == null ? null : failure.reason(),
          keys.status().stream().map(Key::of).toList());
    }
  }

  /**
   * A key.
   *
   * @param id its id
   * @param state what it does
   * @param created when it was made, or null if its source has no dates
   * @param signsFrom when it begins to sign, or null
   * @param acceptedUntil when its sessions end, or null
   */
  record Key(
      String id,
      String state,
      @Nullable String created,
      @Nullable String signsFrom,
      @Nullable String acceptedUntil) {
    static Key of(KeyStatus key) {
      return new Key(
          key.id(),
          key.state().name(),
          text(key.created()),
          text(key.signsFrom()),
          text(key.acceptedUntil()));
    }

    private static @Nullable String text(@Nullable Instant time) {
      return time == null ? null : time.toString();
    }
  }

  @ReadOperation
  Report report() {
    SessionTransport transport = sessions.transport();
    CookieOptions options = transport.options();
    return new Report(
        new Cookie(transport.name(), options == null ? null : options.toString()),
        transport.encoder().format(),
        Timeouts.of(sessions.policy()),
        sessions.policy().revocation().toString(),
        keys == null ? null : Keys.of(keys),
        rejections.byReason());
  }

  /** Ends all sessions of a user. */
  @WriteOperation
  void revoke(String subject) {
    try {
      sessions.policy().revocation().revokeSubject(subject);
    } catch (UnsupportedOperationException e) {
      throw new InvalidEndpointRequestException(
          "there is no revocation; set madeleine.revocation.in-memory, or give a Revocation to the"
              + " policy in a SessionsCustomizer",
          "no revocation is configured");
    }
  }
}
