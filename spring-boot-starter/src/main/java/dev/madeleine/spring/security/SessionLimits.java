package dev.madeleine.spring.security;

import dev.madeleine.Revocation;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.web.authentication.session.ConcurrentSessionControlAuthenticationStrategy;

/** Puts {@link NewestLoginWins} in the place of the limit of sessions that a filter chain has. */
final class SessionLimits
    implements ObjectPostProcessor<ConcurrentSessionControlAuthenticationStrategy> {
  private static final System.Logger LOG = System.getLogger(SessionLimits.class.getName());

  private final Revocation revocation;
  private final SessionRegistry sessions;
  private final LoginKeys keys;

  SessionLimits(Revocation revocation, SessionRegistry sessions, LoginKeys keys) {
    this.revocation = revocation;
    this.sessions = sessions;
    this.keys = keys;
  }

  /** Called for a chain with a limit only. A registry of the application's own stays in charge. */
  @Override
  @SuppressWarnings("unchecked") // Nobody asks for one of its other subclasses.
  public <O extends ConcurrentSessionControlAuthenticationStrategy> O postProcess(O configured) {
    if (!(sessions instanceof RevokingSessions)) {
      if (sessions instanceof SessionRegistryImpl) {
        LOG.log(
            System.Logger.Level.WARNING,
            "maximumSessions holds on one node only, as the SessionRegistryImpl of the application"
                + " knows the logins of its own; remove that bean");
      }
      return configured;
    }
    if (revocation.equals(Revocation.NONE)) {
      throw new SettingException(
          "maximumSessions lets the newest login of a user end the ones before, but there is no"
              + " revocation to end them",
          "Set madeleine.revocation.in-memory=10000 for one node, give a Revocation that all nodes"
              + " share to the policy in a SessionsCustomizer, or remove maximumSessions.");
    }
    return (O) new NewestLoginWins(configured, sessions, keys);
  }
}
